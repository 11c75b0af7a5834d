import { t } from '@lingui/core/macro'
import type { Description } from './describe-fault.ts'

/** The sentences for what stands in the way at a control plane; `detail` names the thing. */
const WORDS: Readonly<Record<string, (detail: string) => Description>> = {
  plane_exists: (name) => ({
    title: t`This control plane is here already`,
    explanation:
      name === ''
        ? t`One with this name or address is in this workspace.`
        : t`One with this name or address is in this workspace: ${name}.`,
    nextStep: t`Look at the one that is there, or give another name and address.`,
  }),
  plane_embedded: () => ({
    title: t`This is the control plane that the console carries itself`,
    explanation: t`It has no address to change, and it cannot be removed, only switched off.`,
    nextStep: t`Switch it off, or change another plane.`,
  }),
  embedded_plane_off: () => ({
    title: t`The console’s own control plane is off`,
    explanation: t`Its consumer works for that one, and there is nothing to ask while it is off.`,
    nextStep: t`Switch the embedded control plane on first.`,
  }),
  own_consumer_off: () => ({
    title: t`This console proves no backups now`,
    explanation: t`Its own consumer is off, or has not started yet.`,
    nextStep: t`Switch it on, or wait until it is at work.`,
  }),
  plane_without_enrolment: (name) => ({
    title: t`Consumers are not enrolled here`,
    explanation:
      name === ''
        ? t`This control plane issues no codes: its consumers get their role on the plane itself.`
        : t`${name} issues no codes: its consumers get their role on the plane itself.`,
    nextStep: t`Give the device the role “backup-restore” there; it is listed here as soon as it has it.`,
  }),
  plane_without_groups: (name) => ({
    title: t`Repositories are not connected here`,
    explanation:
      name === ''
        ? t`This control plane has its repositories set up on the plane itself, not from this console.`
        : t`${name} has its repositories set up on the plane itself, not from this console.`,
    nextStep: t`Connect the repository on the plane itself; its group is listed here as soon as it is there.`,
  }),
  plane_conflict: (sentence) => ({
    title: t`The control plane sees something in the way`,
    explanation: sentence,
    nextStep: t`Look at what is there now, then decide.`,
  }),
  group_exists: (sentence) => ({
    title: t`This repository, or this name, is another group’s`,
    explanation: sentence,
    nextStep: t`Look at the group that is there, or choose another name.`,
  }),
  replica_exists: () => ({
    title: t`This consumer has a replica of that name`,
    explanation: t`A consumer knows its replicas by name, so each name must be unique.`,
    nextStep: t`Look at the one that is there, or choose another name.`,
  }),
  replica_changed: (who) => ({
    title: t`Somebody else has changed this replica`,
    explanation:
      who === ''
        ? t`It has changed since you began. Nothing was overwritten.`
        : t`${who} changed it since you began. Nothing was overwritten.`,
    nextStep: t`Look at what is different, then decide what to keep.`,
  }),
  wrong_replica_name: (name) => ({
    title: t`The typed name does not match`,
    explanation: t`This replica is called “${name}”.`,
    nextStep: t`Look at it once more, then type its name.`,
  }),
}

/** Undefined for a word that is not about control planes. */
export function describePlaneConflict(what: string, detail: string): Description | undefined {
  return Object.hasOwn(WORDS, what) ? WORDS[what]?.(detail) : undefined
}

const SAFETY_MODE = /^safety-mode: (write|danger)$/

/** The sentences for a call that takes a higher safety mode than the plane is in; undefined for anything else. */
export function describeSafetyMode(needs: string): Description | undefined {
  const mode = SAFETY_MODE.exec(needs)?.[1]
  if (mode === undefined) return undefined
  return {
    title: t`The control plane is not in ${mode} mode`,
    explanation: t`This needs ${mode} mode, and the plane is in a lower one: a raised mode falls back after ten minutes.`,
    nextStep: t`Raise it to ${mode}, then do this again.`,
  }
}
