import type { ReactElement } from 'react'
import { showFileName } from '../../contract/shapes/file-name.ts'
import classes from './FileName.module.css'
import { useMasks } from './masks.ts'

export interface FileNameProps {
  /** A name or a path as `fileNameSchema` has it. */
  readonly name: string
  /** Body text in place of mono, for lists where names are the main thing. */
  readonly plain?: boolean
}

/** A name or path in mono; what cannot be shown as it is stands as an escape, set off so that it cannot be mistaken. */
export function FileName({ name, plain = false }: FileNameProps): ReactElement {
  const masks = useMasks()
  return (
    <span className={classes['name']} data-plain={plain || undefined}>
      {splitName(masks.path(name)).map(({ text, escape, at }) =>
        escape ? (
          <span key={at} className={classes['escape']}>
            {text}
          </span>
        ) : (
          text
        ),
      )}
    </span>
  )
}

export interface NamePart {
  readonly text: string
  readonly escape: boolean
  /** Where it begins in the name. */
  readonly at: number
}

/** A name in runs of what is shown as it is and what is shown as an escape. Spaces at the ends are made visible. */
export function splitName(name: string): readonly NamePart[] {
  if (name.trim() === name && showFileName(name) === name) return [{ text: name, escape: false, at: 0 }]
  const parts: NamePart[] = []
  const end = name.length - (/ +$/.exec(name)?.[0].length ?? 0)
  const begin = /^ */.exec(name)?.[0].length ?? 0
  let at = 0
  for (const character of name) {
    const blank = character === ' ' && (at < begin || at >= end)
    const shown = blank ? '␣' : showFileName(character)
    const escape = shown !== character
    const last = parts.at(-1)
    if (last !== undefined && last.escape === escape) parts[parts.length - 1] = { ...last, text: last.text + shown }
    else parts.push({ text: shown, escape, at })
    at += character.length
  }
  return parts
}
