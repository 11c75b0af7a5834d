import { plural, t } from '@lingui/core/macro'
import { Group } from '@mantine/core'
import type { ReactElement } from 'react'
import { showFileName } from '../../../contract/shapes/file-name.ts'
import type { Selection } from '../../../contract/shapes/restore.ts'
import type { Run } from '../../../contract/shapes/run.ts'
import { ActorName } from '../../components/ActorName.tsx'
import type { Fact } from '../../components/FactList.tsx'
import { formatBytes, formatCount, formatMoment } from '../../components/format.ts'
import { type Masks, useMasks } from '../../components/masks.ts'
import { tookFact } from './backup-facts.tsx'
import { RunFolder } from './RunFolder.tsx'
import type { RestoreSubject } from './run-history.ts'
import { SnapshotLink } from './SnapshotLink.tsx'
import { TargetBadge } from './TargetBadge.tsx'

/** Sources and paths that are named; of more it is said how many. */
const SHOWN = 3

/** What a restore took, where it went, how much it was, and who wanted it. */
export function restoreFacts(hostId: string, run: Run, subject: RestoreSubject): Fact[] {
  const { counts, progress, remark } = run
  const bytes = progress === null ? '' : `, ${formatBytes(progress.bytesDone)}`
  return [
    { term: t`Remark`, value: remark === '' ? null : remark },
    {
      term: t`Written`,
      value: `${plural(counts.restored + counts.updated, { one: '# item', other: '# items' })}${bytes}`,
    },
    {
      term: subject.target.kind === 'in-place' ? t`Target` : t`Files are in`,
      value: <Target hostId={hostId} run={run} subject={subject} />,
    },
    { term: t`From`, value: <Sources hostId={hostId} run={run} subject={subject} /> },
    { term: t`Started by`, value: <ActorName actor={run.startedBy} /> },
    { term: t`Reason`, value: subject.reason === '' ? null : t`“${{ reason: subject.reason }}”` },
    tookFact(run),
  ]
}

interface OfRestore {
  readonly hostId: string
  readonly run: Run
  readonly subject: RestoreSubject
}

function Target({ hostId, run, subject: { target, targetPath } }: OfRestore): ReactElement {
  return (
    <Group gap="xs">
      <TargetBadge kind={target.kind} />
      {target.kind === 'in-place' ? (
        t`the original paths`
      ) : (
        <RunFolder hostId={hostId} runId={run.id} path={targetPath} />
      )}
    </Group>
  )
}

function Sources({ hostId, run, subject: { sources } }: OfRestore): ReactElement {
  const shown = sources.slice(0, SHOWN)
  const masks = useMasks()
  if (shown.length === 0) return <>{t`no snapshot: it only took away what was created`}</>
  return (
    <>
      {shown.map(({ snapshotId, snapshotTime, selection }) => (
        <div key={snapshotId}>
          <SnapshotLink hostId={hostId} repositoryId={run.repositoryId} snapshotId={snapshotId} />
          {` ${selectionWords(new Date(snapshotTime), selection, masks)}`}
        </div>
      ))}
      {sources.length > shown.length && (
        <div>{t`and ${plural(sources.length - shown.length, { one: '# more snapshot', other: '# more snapshots' })}`}</div>
      )}
    </>
  )
}

function selectionWords(time: Date, { include, exclude }: Selection, masks: Masks): string {
  const [moment, paths] = [formatMoment(time), pathsOf(include, masks)]
  return exclude.length === 0
    ? t`of ${moment}: ${paths}`
    : t`of ${moment}: ${paths} without ${{ excluded: pathsOf(exclude, masks) }}`
}

function pathsOf(paths: readonly string[], masks: Masks): string {
  const named = paths.slice(0, SHOWN).map((path) => showFileName(masks.path(path)))
  const shown = named.join(', ')
  return paths.length > SHOWN ? t`${shown} and ${{ count: formatCount(paths.length - SHOWN) }} more` : shown
}
