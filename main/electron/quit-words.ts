import type { Language } from '../../contract/shapes/language.ts'
import type { RunKind } from '../../contract/shapes/run.ts'

export interface QuitWords {
  runsGoOn(count: number): string
  goesOnElsewhere(kind: RunKind, host: string): string
  notKnown(kind: RunKind, host: string): string
  interruptedHere(kind: RunKind): string
  readonly whenDone: string
  readonly stay: string
  readonly interrupt: string
  readonly quit: string
}

/** With the article; the first letter is small. */
const GERMAN: Readonly<Record<RunKind, string>> = {
  init: 'das Anlegen des Repositorys',
  backup: 'die Sicherung',
  restore: 'die Wiederherstellung',
  diff: 'der Vergleich',
  check: 'die Überprüfung',
  verify: 'die Prüfung',
}

/**
 * The shell's own, and never from a page, as those about updates: one that called “Interrupt and quit” something else could
 * have a run ended that somebody meant to keep.
 */
export const QUIT_WORDS: Readonly<Record<Language, QuitWords>> = {
  en: {
    runsGoOn: (count) => (count === 1 ? 'A run goes on' : `${count} runs go on`),
    goesOnElsewhere: (kind, host) => `The ${kind} on ${host} goes on without the console.`,
    notKnown: (kind, host) => `${host} cannot be reached: whether its ${kind} still goes on is not known.`,
    interruptedHere: (kind) => `The ${kind} on this computer would be interrupted.`,
    whenDone: 'Quit when it is done',
    stay: 'Stay',
    interrupt: 'Interrupt and quit',
    quit: 'Quit',
  },
  de: {
    runsGoOn: (count) => (count === 1 ? 'Ein Lauf ist im Gange' : `${count} Läufe sind im Gange`),
    goesOnElsewhere: (kind, host) => `${begun(GERMAN[kind])} auf ${host} läuft ohne die Konsole weiter.`,
    notKnown: (kind, host) => `${host} ist nicht erreichbar: Ob ${GERMAN[kind]} dort noch läuft, ist nicht bekannt.`,
    interruptedHere: (kind) => `${begun(GERMAN[kind])} auf diesem Computer würde unterbrochen.`,
    whenDone: 'Beenden, wenn alles fertig ist',
    stay: 'Bleiben',
    interrupt: 'Unterbrechen und beenden',
    quit: 'Beenden',
  },
}

/** As a sentence begins. */
function begun(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}
