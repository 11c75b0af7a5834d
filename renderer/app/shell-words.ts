import { plural, t } from '@lingui/core/macro'
import type { ShellWords } from '../../contract/shapes/shell-words.ts'
import { spokenLanguage } from '../language/spoken.ts'

/** Where the desktop's shell fills in what only it knows. */
const host = '{host}'
const count = '{count}'

/** What the desktop's shell says, in the language of this window; `masked`: and names no host. */
export function shellWords(masked: boolean): ShellWords {
  return {
    language: spokenLanguage(),
    masked,
    menu: { ...programWords(), ...editWords(), ...ownWords() },
    tray: trayWords(),
  }
}

function programWords() {
  return {
    file: t`File`,
    edit: t`Edit`,
    view: t`View`,
    window: t`Window`,
    help: t`Help`,
    about: t`About Restore Console`,
    services: t`Services`,
    hide: t`Hide Restore Console`,
    hideOthers: t`Hide Others`,
    unhide: t`Show All`,
    quit: t`Quit Restore Console`,
    close: t`Close Window`,
    reload: t`Reload`,
    toggleDevTools: t`Toggle Developer Tools`,
    resetZoom: t`Actual Size`,
    zoomIn: t`Zoom In`,
    zoomOut: t`Zoom Out`,
    togglefullscreen: t`Toggle Full Screen`,
    minimize: t`Minimize`,
    zoom: t`Zoom`,
    front: t`Bring All to Front`,
  }
}

function editWords() {
  return {
    undo: t`Undo`,
    redo: t`Redo`,
    cut: t`Cut`,
    copy: t`Copy`,
    paste: t`Paste`,
    pasteAndMatchStyle: t`Paste and Match Style`,
    delete: t`Delete`,
    selectAll: t`Select All`,
    speech: t`Speech`,
    startSpeaking: t`Start Speaking`,
    stopSpeaking: t`Stop Speaking`,
  }
}

function ownWords() {
  return {
    settings: t`Settings…`,
    dataFolder: t`Open data folder`,
    logFolder: t`Open log folder`,
    crashReports: t`Open crash reports`,
    lookForUpdates: t`Look for updates…`,
  }
}

function trayWords(): ShellWords['tray'] {
  return {
    nothingRuns: t`Nothing runs`,
    runsGoOn: forms((of) => plural(of, { one: `${count} run goes on`, other: `${count} runs go on` })),
    needSomebody: forms((of) => plural(of, { one: `${count} needs attention`, other: `${count} need attention` })),
    runOn: {
      init: t`init on ${host}`,
      backup: t`backup on ${host}`,
      restore: t`restore on ${host}`,
      diff: t`diff on ${host}`,
      check: t`check on ${host}`,
      verify: t`verify on ${host}`,
    },
    show: t`Show the console`,
    quit: t`Quit`,
  }
}

function forms(say: (of: number) => string): { readonly one: string; readonly other: string } {
  return { one: say(1), other: say(2) }
}
