import type { Description } from './describe-fault.ts'

/** The sentences for what stands in the way at a control plane; `detail` names the thing. */
const WORDS: Readonly<Record<string, (detail: string) => Description>> = {
  plane_exists: (name) => ({
    title: 'This control plane is here already',
    explanation: `One with this name or address is in this workspace${name === '' ? '' : `: ${name}`}.`,
    nextStep: 'Look at the one that is there, or give another name and address.',
  }),
  plane_embedded: () => ({
    title: 'This is the control plane that the console carries itself',
    explanation: 'It has no address that could be changed, and it is not removed: it is switched off.',
    nextStep: 'Switch it off, or change another plane.',
  }),
  embedded_plane_off: () => ({
    title: 'The console’s own control plane is off',
    explanation: 'Its consumer works for that one, and there is nothing to ask while it is off.',
    nextStep: 'Switch the embedded control plane on first.',
  }),
  own_consumer_off: () => ({
    title: 'This console proves no backups now',
    explanation: 'Its own consumer is off, or has not started yet.',
    nextStep: 'Switch it on, or wait until it is at work.',
  }),
  plane_without_enrolment: (name) => ({
    title: 'Consumers are not enrolled here',
    explanation: `${name === '' ? 'This control plane' : name} gives no codes: its consumers get their role on the plane itself.`,
    nextStep: 'Give the device the role “backup-restore” there; it is listed here as soon as it has it.',
  }),
  plane_without_groups: (name) => ({
    title: 'Repositories are not connected here',
    explanation: `${name === '' ? 'This control plane' : name} is told of its repositories in its own way, not by this console.`,
    nextStep: 'Connect the repository on the plane itself; its group is listed here as soon as it is there.',
  }),
  plane_conflict: (sentence) => ({
    title: 'The control plane sees something in the way',
    explanation: sentence,
    nextStep: 'Look at what is there now, then decide.',
  }),
  group_exists: (sentence) => ({
    title: 'This repository, or this name, is another group’s',
    explanation: sentence,
    nextStep: 'Look at the group that is there, or choose another name.',
  }),
  replica_exists: () => ({
    title: 'This consumer has a replica of that name',
    explanation: 'A consumer knows its replicas by their names, so each name is there once.',
    nextStep: 'Look at the one that is there, or choose another name.',
  }),
  replica_changed: (who) => ({
    title: 'Somebody else has changed this replica',
    explanation: `${who === '' ? 'It' : `${who} changed it: it`} is not as it was when you began. Nothing was overwritten.`,
    nextStep: 'Look at what is different, then decide what is to stand.',
  }),
  wrong_replica_name: (name) => ({
    title: 'The name that was typed is another one',
    explanation: `This replica is called “${name}”.`,
    nextStep: 'Look at it once more, then type its name.',
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
    title: `The control plane is not in ${mode} mode`,
    explanation: `This needs ${mode} mode, and the plane is in a lower one: a raised mode falls back after ten minutes.`,
    nextStep: `Raise it to ${mode}, then do this again.`,
  }
}
