import type { Worker } from 'node:worker_threads'
import { type Reason, reasonIn, reasonOf } from '../../contract/reasons.ts'

/** Resolves when a thread has ended, to why: what it failed of, or that it ended by itself. */
export function endOf(worker: Worker): Promise<Reason> {
  let failure: Reason | undefined
  worker.on('error', (error) => {
    failure = reasonIn(error)
  })
  return new Promise((resolve) => {
    worker.once('exit', (exitCode) => resolve(failure ?? reasonOf('thread_ended', { exitCode })))
  })
}
