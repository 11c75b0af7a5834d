import { t } from '@lingui/core/macro'
import { Group, Loader, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { describeError } from '../../client/describe-fault.ts'
import type { FolderCount } from '../trees/index.ts'
import { totalsWords } from './node-words.ts'

/** What is in a directory, all the way down, as far as its count has come. */
export function FolderSize({ count }: { readonly count: FolderCount }): ReactElement {
  switch (count.state) {
    case 'known':
      return <span>{totalsWords(count.totals)}</span>
    case 'counting':
      return (
        <Group gap={6} role="status">
          <Loader size={11} />
          {t`counting…`}
        </Group>
      )
    case 'failed':
      return (
        <Text span c="var(--state-failed)" role="alert">
          {describeError(count.error).title}.
        </Text>
      )
  }
}
