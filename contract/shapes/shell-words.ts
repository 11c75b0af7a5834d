import { z } from 'zod'
import { languageSchema } from './language.ts'
import { runKindSchema } from './run.ts'

/** A word or a sentence of a menu. `{host}` and `{count}` in it are filled in by the shell. */
const wordSchema = z.string().min(1).max(200)
/** Of one, and of any other count. */
const formsSchema = z.object({ one: wordSchema, other: wordSchema })
const ofKindsSchema = z.record(runKindSchema, wordSchema)

const menuWordSchema = z.enum([
  ...(['file', 'edit', 'view', 'window', 'help', 'settings', 'about', 'services', 'hide', 'hideOthers'] as const),
  ...(['unhide', 'quit', 'close', 'reload', 'toggleDevTools', 'resetZoom', 'zoomIn', 'zoomOut'] as const),
  ...(['togglefullscreen', 'undo', 'redo', 'cut', 'copy', 'paste', 'pasteAndMatchStyle', 'delete'] as const),
  ...(['selectAll', 'speech', 'startSpeaking', 'stopSpeaking', 'minimize', 'zoom', 'front'] as const),
  ...(['dataFolder', 'logFolder', 'crashReports', 'lookForUpdates'] as const),
])

/** What the desktop's shell says where no page can: in its menus and in its tray. */
export const shellWordsSchema = z.object({
  /** Of all of it; in it the shell also asks what no page may put into words: about updates, and before it quits. */
  language: languageSchema,
  /** Names of hosts are masked: the shell names none either. */
  masked: z.boolean(),
  menu: z.record(menuWordSchema, wordSchema),
  tray: z.object({
    nothingRuns: wordSchema,
    runsGoOn: formsSchema,
    needSomebody: formsSchema,
    runOn: ofKindsSchema,
    show: wordSchema,
    quit: wordSchema,
  }),
})
export type ShellWords = z.infer<typeof shellWordsSchema>
