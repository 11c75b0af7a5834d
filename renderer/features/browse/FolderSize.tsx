import { Button, Group, Loader, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { describeError } from '../../client/describe-fault.ts'
import { KeyHint } from '../../components/KeyHint.tsx'
import { type TreeAddress, useFolderTotals } from '../trees/index.ts'
import { COUNT_KEYS } from './node-keys.ts'
import { totalsWords } from './node-words.ts'

/** What is in a directory, all the way down: counted when asked for, since that reads every directory below it. */
export function FolderSize({ address }: { readonly address: TreeAddress }): ReactElement {
  const totals = useFolderTotals()
  const count = totals.of(address)
  if (count?.state === 'known') return <span>{totalsWords(count.totals)}</span>
  if (count?.state === 'counting')
    return (
      <Group gap="xs">
        <Loader size={12} />
        <Text span c="dimmed" role="status">
          counting…
        </Text>
        <Button variant="default" size="compact-xs" onClick={() => totals.stop(address)}>
          Stop
        </Button>
      </Group>
    )
  return (
    <>
      {count !== undefined && (
        <Text c="var(--state-failed)" mb={4} role="alert">
          {describeError(count.error).title}.
        </Text>
      )}
      <Group gap="xs">
        <Button variant="default" size="compact-xs" onClick={() => void totals.count(address)}>
          Count what is in it
        </Button>
        <Text span size="xs" c="dimmed">
          <KeyHint keys={COUNT_KEYS} />
        </Text>
      </Group>
    </>
  )
}
