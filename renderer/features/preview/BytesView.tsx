import { t } from '@lingui/core/macro'
import { Button, CopyButton } from '@mantine/core'
import { type ReactElement, useMemo } from 'react'
import { formatBytes } from '../../components/format.ts'
import { shownWords } from './content-words.ts'
import { HEX_LIMIT, hexDump } from './hex.ts'
import classes from './Preview.module.css'
import { PreviewBar } from './PreviewBar.tsx'
import { SCROLLS } from './scrolls.ts'
import type { FileBeginning } from './use-preview.ts'

export interface BytesViewProps {
  readonly beginning: FileBeginning
  /** What the file is called by its first bytes; null where they say nothing. */
  readonly name: string | null
}

/** The first bytes of what is neither text nor an image. */
export function BytesView({ beginning, name }: BytesViewProps): ReactElement {
  const { bytes, size } = beginning
  const dump = useMemo(() => hexDump(bytes), [bytes])
  const shown = Math.min(bytes.length, HEX_LIMIT)
  const facts = [
    name === null ? t`neither text nor an image` : capital(name),
    shown < size ? shownWords(shown, size) : formatBytes(size),
  ]
  return (
    <>
      <PreviewBar facts={facts}>
        <CopyButton value={dump}>
          {({ copied, copy }) => (
            <Button variant="default" size="compact-xs" onClick={copy}>
              {copied ? t`Copied` : t`Copy the dump`}
            </Button>
          )}
        </CopyButton>
      </PreviewBar>
      <pre className={classes['bytes']} aria-label={t`What is in the file`} {...SCROLLS}>
        {dump}
      </pre>
    </>
  )
}

function capital(words: string): string {
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`
}
