import { Flex } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import type { HostView } from '../../../contract/shapes/host.ts'
import { SectionCard } from '../../components/SectionCard.tsx'
import { useSelection } from '../browse/index.ts'
import { useSnapshots } from '../hosts/index.ts'
import { ChecksCard } from './ChecksCard.tsx'
import { ConfirmSection } from './ConfirmSection.tsx'
import { openSections, type RestoreChoice, requestOf, WHOLE_SNAPSHOT } from './restore-choice.ts'
import { useRestorePlan } from './use-restore-plan.ts'
import { WhatSection } from './WhatSection.tsx'
import { WhereSection } from './WhereSection.tsx'

export interface RestoreWizardProps {
  readonly host: HostView
  readonly repositoryId: string | null
  readonly snapshotId: string | null
}

/** The three sections and the checks beside them. Repository and snapshot stand in the address, the rest is kept here. */
export function RestoreWizard({ host, repositoryId, snapshotId }: RestoreWizardProps): ReactElement {
  const repository = host.repositories.find(({ id }) => id === (repositoryId ?? onlyOne(host)))
  const snapshots = useSnapshots(host.id, repository?.id ?? null)
  const snapshot = snapshots.rows?.find(({ id }) => id === snapshotId) ?? null
  const chosen = useSelection({ hostId: host.id, repositoryId: repository?.id ?? '', snapshotId: snapshotId ?? '' })
  const [wholeOf, setWholeOf] = useState<string | null>(null)
  const [place, setPlace] = useState<Pick<RestoreChoice, 'target' | 'folder'>>({ target: 'staging', folder: '' })

  const whole = snapshot !== null && wholeOf === snapshot.id
  const selected = chosen.include.length > 0 ? { include: chosen.include, exclude: chosen.exclude } : null
  const choice: RestoreChoice = {
    repositoryId: repository?.id ?? null,
    snapshot,
    selection: whole ? WHOLE_SNAPSHOT : selected,
    ...place,
  }
  const open = openSections(choice)
  const request = requestOf(choice)
  // A folder that is not named yet is no reason not to say how much it is.
  const planned = useRestorePlan(host.id, request ?? requestOf({ ...choice, target: 'staging' }))
  const plan = request === null ? null : planned.plan
  return (
    <Flex gap={12} align="flex-start" direction={{ base: 'column', md: 'row' }}>
      <Flex flex={1} miw={0} w="100%" direction="column">
        <SectionCard>
          <WhatSection
            host={host}
            repository={repository ?? null}
            snapshots={snapshots}
            snapshotId={snapshotId}
            selection={choice.selection}
            planned={planned}
            onWhole={(taken) => setWholeOf(taken && snapshot !== null ? snapshot.id : null)}
          />
          <WhereSection
            host={host}
            disabled={!open.where}
            place={place}
            planned={planned}
            complete={request !== null}
            onChange={setPlace}
          />
          <ConfirmSection host={host} choice={choice} planned={{ ...planned, plan }} />
        </SectionCard>
      </Flex>
      <ChecksCard host={host} plan={plan} planning={planned.planning && request !== null} />
    </Flex>
  )
}

function onlyOne({ repositories }: HostView): string | undefined {
  return repositories.length === 1 ? repositories[0]?.id : undefined
}
