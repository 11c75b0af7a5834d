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
            <Text span fw={600} c="var(--state-partial)">{t`Two versions of one path.`}</Text>{' '}
            <Meeting one={one} other={other} nameOf={nameOf} />
          </p>
          <Group gap={6}>
            {[one, other].map(({ snapshotId, path }) => (
              <Button
                key={snapshotId}
                variant="default"
                size="compact-sm"
                aria-label={t`Drop that of ${{ snapshot: nameOf(snapshotId) }}: ${{ path: showFileName(path) }}`}
                onClick={() => basket.drop(snapshotId, path)}
              >{t`Drop that of ${{ snapshot: nameOf(snapshotId) }}`}</Button>
            ))}
          </Group>
        </div>
      ))}
      {clashes.length > SHOWN && (
        <Text c="dimmed">
          {plural(clashes.length - SHOWN, { one: 'and # more such path', other: 'and # more such paths' })}
        </Text>
      )}
    </Stack>
  )
}

interface MeetingProps extends Clash {
  nameOf(snapshotId: string): string
}

function Meeting({ one, other, nameOf }: MeetingProps): ReactElement {
  const [snapshot, otherSnapshot] = [nameOf(one.snapshotId), nameOf(other.snapshotId)]
  return one.path === other.path ? (
    <Trans>
      <FileName name={one.path} /> of {snapshot} and of {otherSnapshot}. Only one of the two can be restored.
    </Trans>
  ) : (
    <Trans>
      <FileName name={one.path} /> of {snapshot} lies in <FileName name={other.path} /> of {otherSnapshot}. Only one of
      the two can be restored.
    </Trans>
  )
}
