import { t } from '@lingui/core/macro'
import type { Description } from './describe-fault.ts'

/** The sentences for what stands in the way of showing that an audit is as it was written, and of what is looked for in it. */
const PROVING: Readonly<Record<string, (detail: string) => Description>> = {
  other_anchor: (agent) => ({
    title: t`This anchor was taken of another host`,
    explanation: t`It is of ${agent}.`,
    nextStep: t`Choose one that was taken of this host.`,
  }),
  view_exists: (name) => ({
    title: t`Another view has this name`,
    explanation: t`There is a view “${name}” in this workspace.`,
    nextStep: t`Give this one another name.`,
  }),
  audit_broken: (entry) => ({
    title: t`No anchor is made of a record that is not whole`,
    explanation: t`From entry ${entry} on, it is not intact.`,
    nextStep: t`Verify it, and find out who could write to the host’s disk.`,
  }),
}

/** Undefined for a word that is not about an audit. */
export function describeAuditConflict(what: string, detail: string): Description | undefined {
  return Object.hasOwn(PROVING, what) ? PROVING[what]?.(detail) : undefined
}
