import { type ReactElement, useState } from 'react'
import type { HostView } from '../../../contract/shapes/host.ts'
import { clashesOf, useBasket } from '../basket/index.ts'
import { useSnapshots } from '../hosts/index.ts'
import { ChecksCard } from './ChecksCard.tsx'
import { ConfirmSection } from './ConfirmSection.tsx'
import { ConflictsSection } from './ConflictsSection.tsx'
import { useDraft } from './drafts.tsx'
import { NOT_CONFIRMED } from './in-place.ts'
import { PlanSection } from './PlanSection.tsx'
import { RestoreColumns } from './RestoreColumns.tsx'
import { openSections, type RestoreChoice, requestOf } from './restore-choice.ts'
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
  const { repository, snapshots, basket, snapshotId, sources, clashes, choice, setManner } = useChoice(props)
  const { manner } = choice
  const [confirmation, setConfirmation] = useState(NOT_CONFIRMED)
  const open = openSections(choice)
  const request = requestOf(choice)
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
    </RestoreColumns>
  )
}

/** What is chosen: of the address, of the basket, and as it was said how. */
function useChoice({ host, repositoryId, snapshotId: askedId }: RestoreFormProps) {
  const repository = host.repositories.find(({ id }) => id === (repositoryId ?? onlyOne(host))) ?? null
  const snapshots = useSnapshots(host.id, repository?.id ?? null)
  const basket = useBasket({ hostId: host.id, repositoryId: repository?.id ?? '' })
  const [manner, setManner] = useDraft(host.id)
  // A basket of one snapshot is no other thing than that snapshot.
  const [only, another] = basket.sources
  const snapshotId = askedId ?? (another === undefined ? (only?.snapshotId ?? null) : null)
  const sources =
    snapshotId === null ? basket.sources : basket.sources.filter((source) => source.snapshotId === snapshotId)
  const clashes = clashesOf(sources)
  const choice: RestoreChoice = {
    repositoryId: repository?.id ?? null,
    sources,
    hasClash: clashes.length > 0,
    manner,
  }
  return { repository, snapshots, basket, snapshotId, sources, clashes, choice, setManner }
}

function onlyOne({ repositories }: HostView): string | undefined {
  return repositories.length === 1 ? repositories[0]?.id : undefined
}
