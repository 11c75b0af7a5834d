import { plural, t } from '@lingui/core/macro'
import { Button, CopyButton, Switch } from '@mantine/core'
import { type KeyboardEvent, type ReactElement, useMemo, useState } from 'react'
import type { Encoding } from './content.ts'
import { encodingWords, shownWords } from './content-words.ts'
import { PreviewBar } from './PreviewBar.tsx'
import { TextRowsView } from './TextRowsView.tsx'
import { linesOf } from './text-lines.ts'
import type { FileBeginning } from './use-preview.ts'

export interface TextViewProps {
  readonly beginning: FileBeginning
  readonly text: string
  readonly encoding: Encoding
}

/** Text with its lines numbered. It is only ever shown: nothing in it is taken for markup. */
export function TextView({ beginning, text, encoding }: TextViewProps): ReactElement {
  const [wraps, setWraps] = useState(true)
  const lines = useMemo(() => linesOf(text), [text])
  const { bytes, size } = beginning
  const isCut = bytes.length < size
  const lineCount = lines.starts.length
  const facts = [
    isCut ? shownWords(bytes.length, size) : plural(lineCount, { one: '# line', other: '# lines' }),
    encodingWords(encoding),
    ...(lines.lineEnds === '' ? [] : [t`lines end with ${lines.lineEnds}`]),
  ]
  const press = (event: KeyboardEvent): void => {
    if (event.key !== 'w' || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    setWraps(!wraps)
  }
  return (
    <>
      <PreviewBar facts={facts}>
        <Switch
          size="xs"
          label={t`Wrap (w)`}
          checked={wraps}
          onChange={(event) => setWraps(event.currentTarget.checked)}
        />
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button variant="default" size="compact-xs" onClick={copy}>
              {copied ? t`Copied` : isCut ? t`Copy what is shown` : t`Copy`}
            </Button>
          )}
        </CopyButton>
      </PreviewBar>
      <TextRowsView text={text} lines={lines} wraps={wraps} onKeyDown={press} />
    </>
  )
}
