import { t } from '@lingui/core/macro'
import { IconFile, IconFolder, IconLink, IconPlug, IconQuestionMark } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import type { NodeType } from '../../../contract/shapes/tree.ts'
import { NODE_TYPE_WORDS } from '../../components/node-types.ts'

/** What kind of thing an item is, in words. */
export function nodeWords(type: NodeType | null): string {
  return type === null ? t`unknown` : NODE_TYPE_WORDS[type]
}

/** What kind of thing an item is; nothing where that is not known. */
export function NodeIcon({ type }: { readonly type: NodeType | null }): ReactElement | null {
  if (type === null) return null
  const look = { size: 14, stroke: 1.75, role: 'img', 'aria-label': NODE_TYPE_WORDS[type] } as const
  switch (type) {
    case 'file':
      return <IconFile {...look} />
    case 'dir':
      return <IconFolder {...look} />
    case 'symlink':
      return <IconLink {...look} />
    case 'irregular':
      return <IconQuestionMark {...look} />
    default:
      return <IconPlug {...look} />
  }
}
