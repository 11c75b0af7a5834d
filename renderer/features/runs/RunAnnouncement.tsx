import { t } from '@lingui/core/macro'
import { VisuallyHidden } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { isEnded, type Run } from '../../../contract/shapes/run.ts'
import { shareDone } from './run-view.ts'
import { phaseWords } from './run-words.ts'
import { verdict } from './verdict.ts'

/** Per cent after which it is said again how far a run is. */
const STEP = 20

/** Says to those who do not see the page how far the run is, now and then, and how it ended. */
export function RunAnnouncement({ run }: { readonly run: Run }): ReactElement {
  // Of one that was over before, the page says it already.
  const [wasOver] = useState(isEnded(run.state))
  return <VisuallyHidden role="status">{wasOver ? '' : announcementOf(run)}</VisuallyHidden>
}

/** The same words until there is something new to say. */
export function announcementOf(run: Run): string {
  if (isEnded(run.state)) return t`The run is over: ${verdict(run)}`
  if (run.state === 'unknown') return t`It is not known how far the run is.`
  if (run.progress === null) return run.state === 'queued' ? t`Waiting to begin` : t`Beginning`
  const share = shareDone(run)
  const phase = phaseWords(run.progress)
  if (share === null) return phase
  return t`${phase}, ${Math.floor((share * 100) / STEP) * STEP} %`
}
