import { plural, t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Button, Group, Stack, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { showFileName } from '../../../contract/shapes/file-name.ts'
import type { Snapshot } from '../../../contract/shapes/snapshot.ts'
import { FileName } from '../../components/FileName.tsx'
import type { Basket, Clash } from '../basket/index.ts'
import classes from './Restore.module.css'
import { snapshotWords } from './Sources.tsx'

export interface ClashNoticeProps {
  readonly clashes: readonly Clash[]
  readonly basket: Basket
  snapshotOf(id: string): Snapshot | undefined
}

const SHOWN = 4

/** Paths of which two versions are chosen, and the way to drop either. */
export function ClashNotice({ clashes, basket, snapshotOf }: ClashNoticeProps): ReactElement {
  const nameOf = (id: string): string => snapshotWords(id, snapshotOf(id))
  return (
    <Stack gap="xs" role="alert">
      {clashes.slice(0, SHOWN).map(({ one, other }) => (
        <div key={JSON.stringify([one, other])} className={classes['clash']}>
          <p>
            <Trans>
              <Text span fw={600} c="var(--state-partial)">
                Two versions of one path.
              </Text>{' '}
              <FileName name={one.path} /> of {nameOf(one.snapshotId)}
              {one.path === other.path ? t` and of ` : t` lies in `}
              {one.path !== other.path && (
                <>
                  <Trans>
                    <FileName name={other.path} /> of{' '}
                  </Trans>
                </>
              )}
              {nameOf(other.snapshotId)}. Only one of the two can be there afterwards.
            </Trans>
          </p>
          <Group gap={6}>
            {[one, other].map(({ snapshotId, path }) => (
              <Button
                key={snapshotId}
                variant="default"
                size="compact-sm"
                aria-label={t`Drop that of ${nameOf(snapshotId)}: ${showFileName(path)}`}
                onClick={() => basket.drop(snapshotId, path)}
              >{t`Drop that of ${nameOf(snapshotId)}`}</Button>
            ))}
          </Group>
        </div>
      ))}
      {clashes.length > SHOWN && (
        <Text c="dimmed">{t`and ${plural(clashes.length - SHOWN, { one: '# more such path', other: '# more such paths' })}`}</Text>
      )}
    </Stack>
  )
}
