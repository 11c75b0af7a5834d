import { t } from '@lingui/core/macro'
import { Button, CheckIcon, Combobox, type ComboboxStore, ScrollArea, useCombobox } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { type ReactElement, type ReactNode, useEffect, useState } from 'react'
import classes from './ChoiceFilter.module.css'
import { formatCount } from './format.ts'
import { returnFocus } from './return-focus.ts'

export interface Choice {
  readonly value: string
  /** What it is looked for by, and what the button says. */
  readonly label: string
  /** What the list shows, where that is more than the label. */
  readonly shown?: ReactNode
}

export interface ChoiceFilterProps {
  /** What it narrows by: `Host`. */
  readonly label: string
  readonly choices: readonly Choice[]
  /** Those that are wanted; none is no condition. */
  readonly value: readonly string[]
  onChange(value: readonly string[]): void
}

/** More choices than these are looked for by typing. */
const FEW = 8
const OFFERED = 100
const ANY = ''

/** Narrows a list by some of a few, or of many, values: a button that says which, and a list to choose from. */
export function ChoiceFilter({ label, choices, value, onChange }: ChoiceFilterProps): ReactElement {
  const [text, setText] = useState('')
  const isLong = choices.length > FEW
  const combobox = useList({ isLong, onClose: () => setText('') })
  const chosen = choices.filter((choice) => value.includes(choice.value)).map((choice) => choice.label)
  const [first = value[0]] = chosen
  const words =
    value.length === 0 ? label : value.length === 1 ? `${label}: ${first}` : `${label}: ${formatCount(value.length)}`
  const toggle = (option: string): void => onChange(option === ANY ? [] : toggled(value, option))
  return (
    <Combobox
      store={combobox}
      width={240}
      position="bottom-start"
      onOptionSubmit={toggle}
      // Within the page's own landmark, or what is offered would stand in none.
      portalProps={{ target: 'main' }}
      classNames={{ option: classes['choice'] ?? '' }}
    >
      <Combobox.Target targetType="button">
        <Button
          className={classes['button'] ?? ''}
          variant="default"
          data-chosen={value.length > 0 || undefined}
          title={chosen.length === 0 ? t`${label}: any` : `${label}: ${chosen.join(', ')}`}
          rightSection={<IconChevronDown size={13} aria-hidden="true" />}
          onClick={() => combobox.toggleDropdown()}
        >
          {words}
        </Button>
      </Combobox.Target>
      <Combobox.Dropdown>
        {isLong && (
          <Combobox.Search
            value={text}
            aria-label={t`Look for: ${label}`}
            placeholder={t`Type to narrow`}
            onChange={(event) => {
              setText(event.currentTarget.value)
              combobox.updateSelectedOptionIndex('active')
            }}
          />
        )}
        <Combobox.Options aria-label={label}>
          <Options choices={choices} value={value} text={text.trim().toLowerCase()} />
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}

interface ListOptions {
  /** It has a field to look in. */
  readonly isLong: boolean
  onClose(): void
}

/** The list's state: opened with its first option marked, closed with the keyboard where it was. */
function useList({ isLong, onClose }: ListOptions): ComboboxStore {
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption()
      onClose()
      returnFocus(combobox)
    },
    onDropdownOpen: () => {
      if (isLong) combobox.focusSearchInput()
    },
  })
  const { dropdownOpened, selectFirstOption } = combobox
  // Once its options are in the page.
  useEffect(() => {
    if (dropdownOpened) selectFirstOption()
  }, [dropdownOpened, selectFirstOption])
  return combobox
}

function toggled(value: readonly string[], option: string): readonly string[] {
  return value.includes(option) ? value.filter((each) => each !== option) : [...value, option]
}

interface OptionsProps extends Pick<ChoiceFilterProps, 'choices' | 'value'> {
  /** In small letters; empty for all. */
  readonly text: string
}

function Options({ choices, value, text }: OptionsProps): ReactElement {
  const fitting = choices.filter((choice) => choice.label.toLowerCase().includes(text))
  const more = formatCount(fitting.length - OFFERED)
  return (
    <ScrollArea.Autosize mah={260} type="scroll">
      {
        // Always there, or all below it would move under the keyboard, which counts them, while somebody chooses.
        text === '' && <Option value={ANY} isChosen={value.length === 0} shown={t`Any`} />
      }
      {fitting.slice(0, OFFERED).map((choice) => (
        <Option
          key={choice.value}
          value={choice.value}
          isChosen={value.includes(choice.value)}
          shown={choice.shown ?? choice.label}
        />
      ))}
      {fitting.length === 0 && <Combobox.Empty>{t`Nothing like that`}</Combobox.Empty>}
      {fitting.length > OFFERED && <Combobox.Empty>{t`and ${more} more: type to narrow`}</Combobox.Empty>}
    </ScrollArea.Autosize>
  )
}

interface OptionProps {
  readonly value: string
  readonly isChosen: boolean
  readonly shown: ReactNode
}

function Option({ value, isChosen, shown }: OptionProps): ReactElement {
  return (
    <Combobox.Option value={value} active={isChosen} aria-selected={isChosen}>
      <span className={classes['option']}>
        <span className={classes['check']}>{isChosen && <CheckIcon size={10} />}</span>
        {shown}
      </span>
    </Combobox.Option>
  )
}
