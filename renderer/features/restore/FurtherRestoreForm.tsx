import { plural, t } from '@lingui/core/macro'
import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { showFileName } from '../../../contract/shapes/file-name.ts'
import type { HostView } from '../../../contract/shapes/host.ts'
import type { FurtherRestore, RestorePlan } from '../../../contract/shapes/restore.ts'
import type { Run } from '../../../contract/shapes/run.ts'
import { useClient } from '../../client/client-context.tsx'
import { ButtonLink } from '../../components/ButtonLink.tsx'
import { FactList } from '../../components/FactList.tsx'
import { FileName } from '../../components/FileName.tsx'
import { formatMoment } from '../../components/format.ts'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import { Section } from '../../components/SectionCard.tsx'
import { useSnapshots } from '../hosts/index.ts'
import { ChecksCard } from './ChecksCard.tsx'
import { ConfirmSection } from './ConfirmSection.tsx'
import { modeLabel } from './conflict-words.ts'
import { NOT_CONFIRMED } from './in-place.ts'
import { PlanSection } from './PlanSection.tsx'
import { RestoreColumns } from './RestoreColumns.tsx'
import { useRestorePlan } from './use-restore-plan.ts'

export interface FurtherRestoreFormProps {
  readonly host: HostView
  readonly follows: FurtherRestore
}

/** A restore that follows from a run: what, where and how are that run's and are told, not asked. */
export function FurtherRestoreForm({ host, follows }: FurtherRestoreFormProps): ReactElement {
  const client = useClient()
  const { kind, runId } = follows
  const run = useQuery({
    queryKey: ['run-once', host.id, runId],
    queryFn: ({ signal }) => client.runs.get({ hostId: host.id, runId }, { signal }),
    gcTime: 0,
  })
  const [confirmation, setConfirmation] = useState(NOT_CONFIRMED)
  const planned = useRestorePlan(host, { kind, runId })
  const plan = planned.shown
  const snapshots = useSnapshots(host.id, plan?.repositoryId ?? null)
  const target = plan?.manner.target.kind ?? (kind === 'revert' ? 'in-place' : 'staging')
  return (
    <RestoreColumns
      beside={
        <ChecksCard
          host={host}
          target={target}
          conflicts={plan?.manner.conflicts ?? 'always'}
          planned={planned}
          saves={confirmation.safetySnapshot}
        />
      }
    >
      <Section
        title={t`What it does`}
        number={1}
        aside={
          <ButtonLink
            to="/hosts/$hostId/runs/$runId"
            params={{ hostId: host.id, runId }}
            variant="default"
            size="compact-xs"
          >{t`Open that run`}</ButtonLink>
        }
      >
        <Text mb="xs">{EXPLANATIONS[kind]}</Text>
        {plan === null ? (
          planned.error === null && <LoadingRows label={t`Looking at that run`} rows={3} columns="90px 1fr" />
        ) : (
          <FactList facts={factsOf(plan, run.data)} />
        )}
      </Section>
      <PlanSection host={host} planned={planned} complete number={2} />
      <ConfirmSection
        host={host}
        request={{ kind, runId }}
        planned={planned}
        snapshotOf={(id) => snapshots.rows?.find((snapshot) => snapshot.id === id)}
        number={3}
        confirmation={confirmation}
        onConfirmation={setConfirmation}
      />
    </RestoreColumns>
  )
}

const EXPLANATIONS: Readonly<Record<FurtherRestore['kind'], string>> = {
  resume: t`The same restore once more, to the same place. What is there already, just as in the snapshot, is not written again.`,
  retry: t`Only what failed in that run is restored once more, to the same place.`,
  revert: t`What that run changed or deleted comes back from its safety snapshot, and what it created is removed. What somebody else has changed since then is lost where it is in the way: the plan names it.`,
}

function factsOf({ manner, sources, targetPath }: RestorePlan, run: Run | undefined) {
  const paths = sources.flatMap(({ selection }) => selection.include)
  const [first] = paths
  return [
    {
      term: t`Follows`,
      value:
        run === undefined
          ? null
          : t`the run of ${{ moment: formatMoment(new Date(run.queuedAt)) }}, started by ${{ who: run.startedBy }}`,
    },
    {
      term: t`What`,
      value: first === undefined ? t`only what that run created` : pathsWords(showFileName(first), paths.length - 1),
    },
    {
      term: t`Where`,
      value: manner.target.kind === 'in-place' ? t`in the original places` : <FileName name={targetPath} />,
    },
    { term: t`A file that is there`, value: modeLabel(manner.conflicts) },
    {
      term: t`Afterwards`,
      value: manner.readBack ? t`what was written is read back and compared` : t`nothing is read back`,
    },
  ]
}

function pathsWords(path: string, more: number): string {
  return more === 0 ? path : t`${path} and ${plural(more, { one: '# more path', other: '# more paths' })}`
}
