import { t } from '@lingui/core/macro'

const BUSY: Readonly<Record<string, string>> = {
  init: t`A host does one run at a time; its init run holds it.`,
  backup: t`A host does one run at a time; its backup run holds it.`,
  restore: t`A host does one run at a time; its restore run holds it.`,
  diff: t`A host does one run at a time; its diff run holds it.`,
  check: t`A host does one run at a time; its check run holds it.`,
  verify: t`A host does one run at a time; its verify run holds it.`,
}

/** Why a host does not take a run, by the kind of the run that it is at. */
export function busyWords(kind: string): string {
  return (
    (Object.hasOwn(BUSY, kind) ? BUSY[kind] : undefined) ?? t`A host does one run at a time; its ${kind} run holds it.`
  )
}
