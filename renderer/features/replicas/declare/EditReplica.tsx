import { useMutation } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { isFault } from '../../../../contract/errors.ts'
import type { Declaration, Replica } from '../../../../contract/shapes/replica.ts'
import { useClient } from '../../../client/client-context.tsx'
import type { Known } from '../use-replicas.ts'
import { ChangedMeanwhile, type Decision } from './ChangedMeanwhile.tsx'
import { DeclarationForm } from './DeclarationForm.tsx'
import { mergedOf } from './differences.ts'
import { type Draft, draftOf } from './draft.ts'
import { useReadDraft } from './use-draft.ts'

export interface EditReplicaProps {
  readonly known: Known
  /** As it is now. */
  readonly replica: Replica
  onDone(): void
  onShow(replica: Replica): void
}

/** Changes a declaration. Where somebody else has changed it since one began, that is said, and nothing is lost. */
export function EditReplica({ known, replica, onDone, onShow }: EditReplicaProps): ReactElement {
  const [base, setBase] = useState(replica)
  const [typed, setTyped] = useState<Draft>(() => draftOf(replica))
  const read = useReadDraft(typed, known, replica)
  const change = useChange(base, onDone)
  const isStale = replica.updatedAt !== base.updatedAt
  const mine = read.declaration
  const decide = (decision: Decision): void => {
    change.reset()
    setBase(replica)
    if (decision === 'theirs') setTyped(draftOf(replica))
    if (decision === 'both' && mine !== null) {
      const sides = { was: base.declaration, theirs: replica.declaration, mine }
      setTyped(draftOf({ planeId: replica.planeId, declaration: mergedOf(sides) }))
    }
  }
  return (
    <DeclarationForm
      known={known}
      read={read}
      self={replica}
      isPending={change.isPending}
      error={change.error}
      isHeld={isStale}
      notice={
        isStale &&
        mine !== null && <ChangedMeanwhile known={known} base={base} replica={replica} mine={mine} onDecide={decide} />
      }
      onChange={(draft) => {
        if (!isStale) change.reset()
        setTyped(draft)
      }}
      onSubmit={(declaration) => change.mutate(declaration)}
      onShow={onShow}
    />
  )
}

function useChange(base: Replica, onDone: () => void) {
  const client = useClient()
  return useMutation({
    mutationFn: (declaration: Declaration) =>
      client.replicas.change({
        planeId: base.planeId,
        replicaId: base.id,
        declaration,
        updatedAt: base.updatedAt,
      }),
    onSuccess: onDone,
    onError: (error) => {
      // What the other made of it is read now: then it can be said in what it differs.
      if (isFault(error, 'conflict') && error.data.what === 'replica_changed') void client.replicas.refresh(undefined)
    },
  })
}
