import { t } from '@lingui/core/macro'
import { Code, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { EmptyState } from '../../components/EmptyState.tsx'
import { SectionCard } from '../../components/SectionCard.tsx'
import classes from './Search.module.css'
import type { SearchForm } from './search-form.ts'

const EXAMPLES: readonly (Pick<SearchForm, 'text' | 'kind'> & { readonly finds: string })[] = [
  { text: 'nginx', kind: 'text', finds: t`every name that contains it` },
  { text: '*.conf', kind: 'glob', finds: t`every name that ends like this` },
  { text: '/etc/**/*.conf', kind: 'glob', finds: t`the same, only below /etc` },
  {
    text: '^access\\.log(\\.\\d+)?$',
    kind: 'regular-expression',
    finds: t`access.log and access.log.1, access.log.2 …`,
  },
]

/** Stands where results would be while nothing is looked for: what can be typed. */
export function SearchHints({ onTry }: { onTry(example: Pick<SearchForm, 'text' | 'kind'>): void }): ReactElement {
  return (
    <SectionCard>
      <EmptyState
        title={t`Find a file in any snapshot`}
      >{t`Type part of a name. Each path found shows how many versions it has, and in how many snapshots.`}</EmptyState>
      <ul className={classes['examples']}>
        {EXAMPLES.map(({ text, kind, finds }) => (
          <li key={text}>
            <button type="button" onClick={() => onTry({ text, kind })}>
              <Code>{text}</Code>
            </button>
            <Text span c="dimmed">
              {finds}
            </Text>
          </li>
        ))}
      </ul>
    </SectionCard>
  )
}
