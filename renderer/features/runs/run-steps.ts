import { t } from '@lingui/core/macro'
import { isEnded, type Run, type RunProgress } from '../../../contract/shapes/run.ts'

export interface RunStep {
  readonly phase: RunProgress['phase']
  readonly title: string
  readonly place: 'done' | 'now' | 'ahead'
}

type Phase = RunProgress['phase']

const TITLES: Partial<Readonly<Record<Phase, string>>> = {
  planning: t`Plan`,
  saving: t`Safety snapshot`,
  restoring: t`Restore`,
  verifying: t`Read back`,
  finishing: t`Finish`,
}

/** The steps of a restore that goes on, and at which it is; none for other runs. */
export function stepsOf({ subject, state, progress }: Run): readonly RunStep[] {
  if (subject.kind !== 'restore' || isEnded(state)) return []
  const phases: Phase[] = [
    'planning',
    ...(subject.safetySnapshot === null ? [] : (['saving'] as const)),
    'restoring',
    ...(subject.readBack ? (['verifying'] as const) : []),
    'finishing',
  ]
  const now = progress === null ? -1 : phases.indexOf(progress.phase)
  return phases.map((phase, at) => ({
    phase,
    title: TITLES[phase] ?? phase,
    place: at < now ? 'done' : at === now ? 'now' : 'ahead',
  }))
}
