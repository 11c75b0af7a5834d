import { t } from '@lingui/core/macro'
import { Checkbox, CloseButton, SegmentedControl, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import type { KeyboardEvent, ReactElement, RefObject } from 'react'
import type { SearchPattern } from '../../../contract/shapes/search.ts'
import type { PausedText } from '../../components/use-paused-text.ts'
import classes from './Search.module.css'
import type { SearchForm } from './search-form.ts'

export interface QueryBarProps {
  readonly form: SearchForm
  readonly text: PausedText
  readonly input: RefObject<HTMLInputElement | null>
  /** What is wrong with the pattern; null when nothing is. */
  readonly problem: string | null
  onChange(change: Partial<SearchForm>): void
  /** Enter: what was typed is to be looked for now. */
  onEnter(): void
  onEscape(): void
  /** Down: to what was found. */
  onLeave(): void
}

const KINDS: readonly { readonly value: SearchPattern['kind']; readonly label: string }[] = [
  { value: 'text', label: t`Text` },
  { value: 'glob', label: t`Glob` },
  { value: 'regular-expression', label: t`Regular expression` },
]

const PLACEHOLDERS: Readonly<Record<SearchPattern['kind'], string>> = {
  text: t`Part of a name`,
  glob: t`A pattern, as *.conf or /etc/**/*.conf`,
  'regular-expression': t`A regular expression, as ^access\\.log(\\.\\d+)?$`,
}

/** What is looked for, and how it is meant. */
export function QueryBar({ form, text, input, problem, onChange, ...keys }: QueryBarProps): ReactElement {
  const press = (event: KeyboardEvent): void => {
    const action = { Enter: keys.onEnter, Escape: keys.onEscape, ArrowDown: keys.onLeave }[event.key]
    if (action === undefined || event.nativeEvent.isComposing) return
    event.preventDefault()
    action()
  }
  return (
    <div className={classes['query']}>
      <TextInput
        ref={input}
        className={classes['text'] ?? ''}
        size="sm"
        aria-label={t`Search for`}
        placeholder={PLACEHOLDERS[form.kind]}
        value={text.typed}
        onChange={(event) => text.type(event.currentTarget.value)}
        onKeyDown={press}
        error={problem}
        maxLength={1000}
        spellCheck={false}
        autoComplete="off"
        data-autofocus
        leftSection={<IconSearch size={15} stroke={1.75} aria-hidden="true" />}
        rightSection={
          text.typed !== '' && <CloseButton size="xs" aria-label={t`Clear the search`} onClick={() => text.type('')} />
        }
      />
      <SegmentedControl
        aria-label={t`How it is meant`}
        data={[...KINDS]}
        value={form.kind}
        onChange={(kind) => onChange({ kind })}
      />
      <Checkbox
        label={t`Match case`}
        checked={form.matchCase}
        onChange={(event) => onChange({ matchCase: event.currentTarget.checked })}
      />
    </div>
  )
}
