import type { ReactElement } from 'react'
import type { Run } from '../../../contract/shapes/run.ts'
import { FactList } from '../../components/FactList.tsx'
import { BoxScore } from './BoxScore.tsx'
import { proofFacts } from './proof-facts.tsx'
import classes from './Run.module.css'
import { restoreFacts } from './restore-facts.tsx'
import type { Follower, RestoreSubject } from './run-history.ts'
import { scoredParts } from './run-words.ts'
import { useProof } from './use-run-history.ts'

export interface RestoreOutcomeProps {
  readonly hostId: string
  readonly run: Run
  readonly subject: RestoreSubject
  readonly followers: readonly Follower[]
}

/** What a restore came to: counted, where it is, what proves it, who wanted it, and which runs belong to it. */
export function RestoreOutcome({ hostId, run, subject, followers }: RestoreOutcomeProps): ReactElement {
  const proof = useProof(hostId, run)
  return (
    <>
      <BoxScore parts={scoredParts(run)} />
      <div className={classes['outcome']}>
        <FactList facts={restoreFacts(hostId, run, subject)} />
        <FactList facts={proofFacts({ hostId, run, subject, followers, proof })} />
      </div>
    </>
  )
}
