import type { HostView } from '../../../contract/shapes/host.ts'
import { clashesOf, useBasket } from '../basket/index.ts'
import { useSnapshots } from '../hosts/index.ts'
import { useDraft } from './drafts.tsx'
import { type RestoreChoice, requestOf } from './restore-choice.ts'

export interface ChoiceInAddress {
  readonly host: HostView
  readonly repositoryId: string | null
  readonly snapshotId: string | null
}

/** What is chosen on the restore page of a host: of the address, of the basket, and as it was said how. */
export function useRestoreChoice({ host, repositoryId, snapshotId: askedId }: ChoiceInAddress) {
  const repository = host.repositories.find(({ id }) => id === (repositoryId ?? onlyOne(host))) ?? null
  const snapshots = useSnapshots(host.id, repository?.id ?? null)
  const basket = useBasket({ hostId: host.id, repositoryId: repository?.id ?? '' })
  const { manner, isKnown, change: setManner } = useDraft(host.id)
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
  // Nothing is planned for a target that is about to be another.
  const request = isKnown ? requestOf(choice) : null
  return { repository, snapshots, basket, snapshotId, sources, clashes, choice, request, setManner }
}

function onlyOne({ repositories }: HostView): string | undefined {
  return repositories.length === 1 ? repositories[0]?.id : undefined
}
