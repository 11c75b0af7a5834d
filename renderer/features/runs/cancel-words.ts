import { plural, t } from '@lingui/core/macro'
import { permits } from '../../../contract/procedure.ts'
import type { HostView } from '../../../contract/shapes/host.ts'
import type { Run } from '../../../contract/shapes/run.ts'

/** Why this console may not end a run of a host; null where it may, or nothing says that it may not. */
export function whyNotCancelled(host: HostView | null): string | null {
  const role = host?.agent?.granted.role
  if (host === null || role === undefined || permits(role, 'operator')) return null
  return t`It needs the role operator; this console is ${role} on ${{ host: host.name }}.`
}

/** Whether the run can be ended between two parts: there is another after the one that it is at. */
export function canEndBetween({ progress }: Pick<Run, 'progress'>): boolean {
  return progress !== null && progress.part !== null && progress.part.at < progress.part.of
}

/** What remains when the run is ended after the part that it is at. */
export function afterPart({ progress, subject }: Run): string {
  const { at, of } = progress?.part ?? { at: 1, of: 1 }
  const left = of - at
  const said = t`What parts 1 to ${at} of ${of} hold is restored whole; ${plural(left, { one: '# part is not begun', other: '# parts are not begun' })}.`
  return `${said} ${wayOn(subject)}`
}

/** What remains when the run is ended at once. */
export function endedNow({ progress, subject }: Run): string {
  switch (subject.kind) {
    case 'backup':
      return t`restic is stopped and no snapshot is made. What had been sent already does no harm.`
    case 'diff':
      return t`restic is stopped. Nothing was changed; the comparison will not be whole.`
    case 'init':
      return t`restic is stopped. What was made so far stays where it is.`
    case 'restore':
      return `${remains(progress?.phase, subject)} ${wayOn(subject)}`
  }
}

function remains(
  phase: NonNullable<Run['progress']>['phase'] | undefined,
  { target }: Extract<Run['subject'], { kind: 'restore' }>,
): string {
  const inPlace = target.kind === 'in-place'
  switch (phase) {
    case undefined:
    case 'planning':
    case 'preparing':
      return t`Nothing has been written yet, and nothing will be.`
    case 'saving':
      return t`The original files are as they were: only their safety snapshot was being taken.`
    case 'verifying':
    case 'finishing':
      return inPlace
        ? t`The files that are written stay where they belong; they are not all read back.`
        : t`The files that are written stay in the target folder; they are not all read back.`
    default:
      return inPlace
        ? t`restic is stopped. The files written so far stay where they belong; the one it is at may be incomplete, and is not counted as restored.`
        : t`restic is stopped. The files written so far stay in the target folder; the one it is at may be incomplete, and is not counted as restored.`
  }
}

function wayOn(subject: Run['subject']): string {
  if (subject.kind !== 'restore') return ''
  return subject.target.kind === 'in-place' && subject.safetySnapshot !== null
    ? t`It can be resumed later, or reverted from its safety snapshot.`
    : t`It can be resumed later.`
}
