import { t } from '@lingui/core/macro'
import { VisuallyHidden } from '@mantine/core'
import {
  IconArrowsExchange,
  IconDots,
  IconEqual,
  IconMinus,
  IconPencil,
  IconPlus,
  IconQuestionMark,
  IconTag,
  type TablerIcon,
} from '@tabler/icons-react'
import type { ReactElement } from 'react'
import type { ChangeKind } from '../../../contract/shapes/compare.ts'
import classes from './Compare.module.css'
import { KIND_WORDS } from './words.ts'

const ICONS: Readonly<Record<ChangeKind, TablerIcon>> = {
  added: IconPlus,
  removed: IconMinus,
  modified: IconPencil,
  retyped: IconArrowsExchange,
  metadata: IconTag,
  inside: IconDots,
  undecided: IconQuestionMark,
  same: IconEqual,
}

/** The letters that `restic diff` prints, where it has one. */
export const LETTERS: Readonly<Record<ChangeKind, string>> = {
  added: '+',
  removed: '−',
  modified: 'M',
  retyped: 'T',
  metadata: 'U',
  inside: '',
  undecided: '',
  same: '',
}

/** What became of a path: a sign, restic's letter and a colour, and the word for who sees none of them. */
export function ChangeMark({
  kind,
  bitRot = false,
}: {
  readonly kind: ChangeKind
  readonly bitRot?: boolean
}): ReactElement {
  const Icon = ICONS[kind]
  const words = bitRot ? t`content changed though nothing else did` : KIND_WORDS[kind]
  const letter = `${LETTERS[kind]}${bitRot ? '?' : ''}`
  return (
    <span className={classes['mark']} data-kind={kind} title={words}>
      <Icon size={13} stroke={2} aria-hidden="true" />
      {/* Plus and minus are their own signs. */}
      <span aria-hidden="true">{kind === 'added' || kind === 'removed' ? '' : letter}</span>
      <VisuallyHidden>{words}</VisuallyHidden>
    </span>
  )
}
