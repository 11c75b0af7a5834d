import type { Language } from '../../contract/shapes/language.ts'
import type { UpdateProblem } from '../../contract/shapes/update.ts'

export interface UpdateWords {
  readonly feedQuestion: string
  readonly feedRisk: string
  readonly takeThem: string
  readonly cancel: string
  ready(version: string): string
  readonly replaced: string
  readonly install: string
  readonly notNow: string
  found(version: string): string
  readonly download: string
  readonly off: string
  readonly runGoesOn: string
  readonly newest: string
  readonly fromSources: string
  readonly problems: Readonly<Record<UpdateProblem, string>>
}

/**
 * The shell's own, and never from a page: whoever could have a page put these questions into other words could have
 * something agreed to that nobody has read.
 */
export const UPDATE_WORDS: Readonly<Record<Language, UpdateWords>> = {
  en: {
    feedQuestion: 'Take new versions from this address?',
    feedRisk:
      'Whoever has that server can replace this console. Nothing is fetched or installed before somebody agrees.',
    takeThem: 'Take them from there',
    cancel: 'Cancel',
    ready: (version) => `Version ${version} is ready`,
    replaced: 'The console closes, is replaced and opens again. Runs on other hosts are not touched by it.',
    install: 'Install and restart',
    notNow: 'Not now',
    found: (version) => `Version ${version} is there`,
    download: 'Download',
    off: 'Updates are off. Settings, “Updates” is where a feed is named.',
    runGoesOn: 'A run goes on. Look again when it is done.',
    newest: 'This is the newest version.',
    fromSources: 'This console runs from its sources: it is not replaced by packages.',
    problems: {
      'no-server': 'Nobody answers at the feed’s address.',
      'not-trusted': 'The certificate of the feed’s server is not trusted here. Nothing was fetched.',
      refused: 'The feed’s server refuses access without a password.',
      'no-list': 'The feed’s server has no list of versions for this platform.',
      'not-a-list': 'What the feed says is no list of versions.',
      damaged: 'What was fetched is not what the feed’s list says. It was thrown away.',
      other: 'The feed could not be read. The log says why.',
    },
  },
  de: {
    feedQuestion: 'Neue Versionen von dieser Adresse beziehen?',
    feedRisk:
      'Wer diesen Server hat, kann diese Konsole ersetzen. Nichts wird geladen oder installiert, bevor jemand zustimmt.',
    takeThem: 'Von dort beziehen',
    cancel: 'Abbrechen',
    ready: (version) => `Version ${version} ist bereit`,
    replaced:
      'Die Konsole wird geschlossen, ersetzt und wieder geöffnet. Läufe auf anderen Hosts bleiben davon unberührt.',
    install: 'Installieren und neu starten',
    notNow: 'Nicht jetzt',
    found: (version) => `Version ${version} ist da`,
    download: 'Herunterladen',
    off: 'Updates sind ausgeschaltet. Eine Quelle wird in den Einstellungen unter „Updates“ angegeben.',
    runGoesOn: 'Ein Lauf ist noch im Gange. Suchen Sie erneut, wenn er fertig ist.',
    newest: 'Dies ist die neueste Version.',
    fromSources: 'Diese Konsole läuft aus ihrem Quellcode: Sie wird nicht durch Pakete ersetzt.',
    problems: {
      'no-server': 'Unter der Adresse der Quelle antwortet niemand.',
      'not-trusted': 'Dem Zertifikat des Servers der Quelle wird hier nicht vertraut. Es wurde nichts geladen.',
      refused: 'Der Server der Quelle lässt niemanden ohne Passwort ein.',
      'no-list': 'Der Server der Quelle hat keine Liste der Versionen für diese Plattform.',
      'not-a-list': 'Was die Quelle sagt, ist keine Liste von Versionen.',
      damaged: 'Was geladen wurde, ist nicht, was die Liste der Quelle nennt. Es wurde verworfen.',
      other: 'Die Quelle konnte nicht gelesen werden. Das Protokoll sagt, warum.',
    },
  },
}
