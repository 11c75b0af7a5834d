import { t } from '@lingui/core/macro'
import { formatBytes } from '../../components/format.ts'
import type { Content, Encoding } from './content.ts'

/** What a file holds, in the fewest words. */
export function contentWords(content: Content): string {
  switch (content.kind) {
    case 'empty':
      return t`empty`
    case 'image':
      return t`image`
    case 'text':
      return t`text`
    case 'bytes':
      return content.name ?? t`neither text nor an image`
  }
}

export function encodingWords(encoding: Encoding): string {
  return encoding === 'UTF-8 with byte order mark' ? t`UTF-8 with byte order mark` : encoding
}

/** How much of a file is shown, both in bytes. */
export function shownWords(shown: number, size: number): string {
  const [part, whole] = [formatBytes(shown), formatBytes(size)]
  return t`first ${part} of ${whole} shown`
}
