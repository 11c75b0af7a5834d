import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { read, write } from '../procedure.ts'
import { noticeEventSchema, noticeSettingsSchema, systemWordsSchema } from '../shapes/notice.ts'

export const notices = {
  /** Ends of runs of the workspace from now on; after a lost connection from where it was. What ended before is not told. */
  watch: read.output(eventIterator(noticeEventSchema)),
  settings: read.output(noticeSettingsSchema),
  change: write.input(noticeSettingsSchema).output(noticeSettingsSchema),
  /** Have the desktop show a notice that was told with `by: 'console'`, in these words; once each, and no other. */
  say: read.input(systemWordsSchema).output(z.object({})),
  /** What needs somebody was looked at: it is not counted any more where Electron shows how much there is. */
  seen: read.output(z.object({})),
} as const
