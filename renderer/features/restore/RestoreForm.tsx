import { t } from '@lingui/core/macro'
import { Text } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import type { HostView } from '../../../contract/shapes/host.ts'
import { useHosts } from '../../client/hosts-context.tsx'
import { ButtonLink } from '../../components/ButtonLink.tsx'
import { Section } from '../../components/SectionCard.tsx'
import { ChecksCard } from './ChecksCard.tsx'
import { ConfirmSection } from './ConfirmSection.tsx'
import { ConflictsSection } from './ConflictsSection.tsx'
import { NOT_CONFIRMED } from './in-place.ts'
import { PlanSection } from './PlanSection.tsx'
import { RestoreColumns } from './RestoreColumns.tsx'
import { openSections } from './restore-choice.ts'
import { useRestoreChoice } from './use-restore-choice.ts'
import { useRestorePlan } from './use-restore-plan.ts'
import { WhatSection } from './WhatSection.tsx'
import { WhereSection } from './WhereSection.tsx'

export interface RestoreFormProps {
  readonly host: HostView
  readonly repositoryId: string | null
  readonly snapshotId: string | null
}

/** A restore as somebody puts it together. Repository and snapshot stand in the address, what of them in the basket. */
export function RestoreForm(props: RestoreFormProps): ReactElement {
  const { host } = props
  const { repository, snapshots, basket, snapshotId, sources, clashes, choice, request, setManner } =
    useRestoreChoice(props)
  const { manner } = choice
  const [confirmation, setConfirmation] = useState(NOT_CONFIRMED)
  const open = openSections(choice)
  const planned = useRestorePlan(host, request)
  const snapshotOf = (id: string) => snapshots.rows?.find((snapshot) => snapshot.id === id)
  return (
    <RestoreColumns
      beside={
        <ChecksCard
          host={host}
          target={manner.target}
          conflicts={manner.conflicts}
          planned={planned}
          saves={confirmation.safetySnapshot}
        />
      }
    >
      <WhatSection
        host={host}
        repository={repository}
        snapshots={snapshots}
        snapshotId={snapshotId}
        basket={basket}
        sources={sources}
        clashes={clashes}
      />
      <WhereSection
        host={host}
        disabled={!open.where}
        manner={manner}
        planned={planned}
        complete={request !== null}
        example={sources[0]?.selection.include[0] ?? null}
        onChange={setManner}
      />
      <ConflictsSection
        host={host}
        disabled={!open.plan}
        manner={manner}
        fresh={manner.target === 'staging' || planned.shown?.fresh === true}
        onChange={setManner}
      />
      <PlanSection host={host} planned={planned} complete={request !== null} />
      <ConfirmSection
        host={host}
        request={request}
        planned={planned}
        snapshotOf={snapshotOf}
        number={5}
        confirmation={confirmation}
        onConfirmation={setConfirmation}
      />
      <OnSeveralHosts {...props} disabled={request === null} />
    </RestoreColumns>
  )
}

/** Where there are other hosts, what is chosen here may be meant for them as well. */
function OnSeveralHosts({
  host,
  repositoryId,
  snapshotId,
  disabled,
}: RestoreFormProps & { readonly disabled: boolean }): ReactElement | null {
  const hosts = useHosts().value
  if (hosts.length < 2 || disabled) return null
  return (
    <Section title={t`On other hosts too`} aside={<Text c="dimmed">{t`the same, planned on each`}</Text>}>
      <ButtonLink
        variant="default"
        to="/hosts/$hostId/restore/several"
        params={{ hostId: host.id }}
        search={{
          ...(repositoryId === null ? {} : { repository: repositoryId }),
          ...(snapshotId === null ? {} : { snapshot: snapshotId }),
        }}
      >{t`Restore on several hosts…`}</ButtonLink>
    </Section>
  )
}
