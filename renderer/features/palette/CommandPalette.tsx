import { plural, t } from '@lingui/core/macro'
import { Combobox, Modal, TextInput, useCombobox, VisuallyHidden } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type ReactElement, useEffect, useState } from 'react'
import { formatCount } from '../../components/format.ts'
import { KeyHint } from '../../components/KeyHint.tsx'
import { rememberOpened } from '../../components/preferences.ts'
import classes from './Palette.module.css'
import { PaletteOption } from './PaletteOption.tsx'
import { type Entry, GROUP_WORDS } from './rank.ts'
import { type Choices, type PaletteCommand, useChoices } from './use-entries.ts'
import { useGo } from './use-go.ts'

export interface CommandPaletteProps {
  readonly opened: boolean
  onClose(): void
  /** What the frame can do from everywhere. */
  readonly commands: readonly PaletteCommand[]
}

/**
 * Goes to a host, a snapshot, a run, a page, or does what can be done here, by some letters of its name and Enter. The
 * combobox pattern of ARIA: the focus stays in the field, and the arrows move through the list.
 */
export function CommandPalette({ opened, onClose, commands }: CommandPaletteProps): ReactElement {
  return (
    <Modal.Root
      opened={opened}
      onClose={onClose}
      size={640}
      yOffset="10vh"
      centered={false}
      transitionProps={{ duration: 0 }}
    >
      <Modal.Overlay backgroundOpacity={0.25} />
      <Modal.Content aria-label={t`Command palette`} aria-labelledby={undefined}>
        <Modal.Body p={0}>
          <Palette commands={commands} onClose={onClose} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}

function Palette({ commands, onClose }: Omit<CommandPaletteProps, 'opened'>): ReactElement {
  const [text, setText] = useState('')
  const choices = useChoices(text, commands)
  const entries = useWithSearch(choices, text)
  const combobox = useCombobox({ opened: true })
  const { selectFirstOption } = combobox
  const first = entries[0]?.key
  useEffect(() => {
    // What fits best may have come later than the list was drawn.
    if (first !== undefined) selectFirstOption()
  }, [first, text, selectFirstOption])
  const choose = (key: string): void => {
    const entry = entries.find((one) => one.key === key)
    if (entry === undefined) return
    onClose()
    if (entry.group !== 'Search') rememberOpened(key)
    // Once the palette has given the focus back: what is done may take it elsewhere.
    setTimeout(() => entry.run(), 20)
  }
  return (
    <Combobox store={combobox} onOptionSubmit={choose}>
      <Combobox.EventsTarget withExpandedAttribute>
        <TextInput
          data-autofocus
          className={classes['field'] ?? ''}
          variant="unstyled"
          size="md"
          aria-label={t`Go to or do`}
          placeholder={t`A host, “db-01 yesterday”, a run, a page, an action…`}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            // A combobox keeps Escape from the dialog, for it closes its list; this list is the dialog.
            if (event.key === 'Escape') onClose()
          }}
          leftSection={<IconSearch size={16} stroke={1.75} aria-hidden="true" />}
        />
      </Combobox.EventsTarget>
      <List choices={choices} entries={entries} text={text} />
      <Combobox.Footer className={classes['footer'] ?? ''}>
        <span>
          <KeyHint keys="↑↓" /> {t`move`}
        </span>
        <span>
          <KeyHint keys="Enter" /> {t`open`}
        </span>
        <span>
          <KeyHint keys="Escape" /> {t`close`}
        </span>
        <span
          className={classes['hint']}
        >{t`“label:web”, “state:away” and days, as “friday” or “20 nov”, narrow`}</span>
      </Combobox.Footer>
    </Combobox>
  )
}

interface ListProps {
  readonly choices: Choices
  readonly entries: readonly Entry[]
  readonly text: string
}

function List({ choices: { groups, isLooking }, entries, text }: ListProps): ReactElement {
  const found = groups.reduce((sum, { entries: shown, more }) => sum + shown.length + more, 0)
  const wanted = text.trim()
  const search = entries.find(({ group }) => group === 'Search')
  const said = isLooking
    ? t`Looking…`
    : found === 0
      ? t`Nothing matches`
      : plural(found, { one: '# result', other: '# results' })
  return (
    <>
      <VisuallyHidden role="status">{text === '' ? '' : said}</VisuallyHidden>
      <Combobox.Options aria-label={t`Results`} className={classes['list'] ?? ''}>
        {groups.map(({ group, entries: shown, more }) => (
          <Combobox.Group key={group} label={groupWords(group, more)}>
            {shown.map((entry) => (
              <PaletteOption key={entry.key} entry={entry} />
            ))}
          </Combobox.Group>
        ))}
        {found === 0 && (
          <Combobox.Empty className={classes['empty'] ?? ''}>
            {isLooking ? t`Looking…` : t`Nothing here is called “${wanted}”.`}
          </Combobox.Empty>
        )}
        {search !== undefined && (
          <Combobox.Group label={t`Files`}>
            <PaletteOption entry={search} />
          </Combobox.Group>
        )}
      </Combobox.Options>
    </>
  )
}

function groupWords(group: Entry['group'], rest: number): string {
  const [words, count] = [GROUP_WORDS[group], formatCount(rest)]
  return rest === 0 ? words : t`${words} · ${count} more`
}

/** All entries in the order in which they stand; at the end the search in files for the same words. */
function useWithSearch({ groups }: Choices, text: string): readonly Entry[] {
  const go = useGo()
  const wanted = text.trim()
  const shown = groups.flatMap(({ entries }) => entries)
  if (wanted === '') return shown
  const search: Entry = {
    key: 'search',
    group: 'Search',
    label: t`Search files for “${wanted}”`,
    detail: t`in all repositories`,
    text: '',
    run: () => go.search(wanted),
  }
  return [...shown, search]
}
