import type { ShellWords } from '../../contract/shapes/shell-words.ts'

/** What the shell says until a window has told it the words of its language. */
export const ENGLISH: ShellWords = {
  language: 'en',
  masked: false,
  menu: {
    file: 'File',
    edit: 'Edit',
    view: 'View',
    window: 'Window',
    help: 'Help',
    settings: 'Settings…',
    about: 'About Restore Console',
    services: 'Services',
    hide: 'Hide Restore Console',
    hideOthers: 'Hide Others',
    unhide: 'Show All',
    quit: 'Quit Restore Console',
    close: 'Close Window',
    reload: 'Reload',
    toggleDevTools: 'Toggle Developer Tools',
    resetZoom: 'Actual Size',
    zoomIn: 'Zoom In',
    zoomOut: 'Zoom Out',
    togglefullscreen: 'Toggle Full Screen',
    undo: 'Undo',
    redo: 'Redo',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    pasteAndMatchStyle: 'Paste and Match Style',
    delete: 'Delete',
    selectAll: 'Select All',
    speech: 'Speech',
    startSpeaking: 'Start Speaking',
    stopSpeaking: 'Stop Speaking',
    minimize: 'Minimize',
    zoom: 'Zoom',
    front: 'Bring All to Front',
    dataFolder: 'Open data folder',
    logFolder: 'Open log folder',
    crashReports: 'Open crash reports',
    lookForUpdates: 'Look for updates…',
  },
  tray: {
    nothingRuns: 'Nothing runs',
    runsGoOn: { one: '{count} run goes on', other: '{count} runs go on' },
    needSomebody: { one: '{count} needs attention', other: '{count} need attention' },
    runOn: ofKinds((kind) => `${kind} on {host}`),
    show: 'Show the console',
    quit: 'Quit',
  },
}

function ofKinds(say: (kind: string) => string): ShellWords['tray']['runOn'] {
  const [init, backup, restore] = [say('init'), say('backup'), say('restore')]
  return { init, backup, restore, diff: say('diff'), check: say('check'), verify: say('verify') }
}
