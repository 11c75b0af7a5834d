import { t } from '@lingui/core/macro'

/** Presets, in the order in which they are offered; `any` is no bound at all, `custom` two days that somebody chose. */
export const DATE_PRESETS = ['any', 'today', 'yesterday', '7d', '30d', 'custom'] as const
export type DatePreset = (typeof DATE_PRESETS)[number]

/** Days of this computer's clock. */
export interface DateRange {
  readonly preset: DatePreset
  /** `2026-11-21`, inclusive, of `custom` alone; empty where there is no such bound. */
  readonly from: string
  readonly until: string
}

export const ANY_TIME: DateRange = { preset: 'any', from: '', until: '' }

export const PRESET_WORDS: Readonly<Record<DatePreset, string>> = {
  any: t`Any time`,
  today: t`Today`,
  yesterday: t`Yesterday`,
  '7d': t`Last 7 days`,
  '30d': t`Last 30 days`,
  custom: t`Custom…`,
}

/** A range as it stands in an address: `today`, `7d`, `2026-11-01..2026-11-21`, one day open `2026-11-01..`; empty for any time. */
export function writeDateRange({ preset, from, until }: DateRange): string {
  if (preset === 'any') return ''
  return preset === 'custom' ? `${from}..${until}` : preset
}

/** The range that was written; any time for what means none. */
export function readDateRange(text: string): DateRange {
  const days = /^(?<from>[\d-]*)\.\.(?<until>[\d-]*)$/.exec(text)?.groups
  if (days !== undefined) return { preset: 'custom', from: dayOf(days['from']), until: dayOf(days['until']) }
  const preset = DATE_PRESETS.find((one) => one === text && one !== 'custom')
  return preset === undefined ? ANY_TIME : { ...ANY_TIME, preset }
}

/** The moments that bound a range, `to` exclusive; null where it has no such bound. `7d` are today and the six days before. */
export function momentsOf(range: DateRange, now: Date): { readonly from: string | null; readonly to: string | null } {
  switch (range.preset) {
    case 'any':
      return { from: null, to: null }
    case 'today':
      return { from: midnight(now, 0), to: null }
    case 'yesterday':
      return { from: midnight(now, -1), to: midnight(now, 0) }
    case '7d':
      return { from: midnight(now, -6), to: null }
    case '30d':
      return { from: midnight(now, -29), to: null }
    case 'custom':
      return { from: ofDay(range.from, 0), to: ofDay(range.until, 1) }
  }
}

/** What is wrong with a range; null where nothing is. */
export function problemOf({ preset, from, until }: DateRange): string | null {
  return preset === 'custom' && from !== '' && until !== '' && until < from ? t`This is before the first day.` : null
}

/** The day, `2026-11-21`, that a moment falls on here. */
export function dayHere(time: Date): string {
  const [month, day] = [time.getMonth() + 1, time.getDate()].map((part) => String(part).padStart(2, '0'))
  return `${time.getFullYear()}-${month ?? ''}-${day ?? ''}`
}

function midnight(now: Date, days: number): string {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days).toISOString()
}

function ofDay(day: string, days: number): string | null {
  const [year, month, date] = day.split('-').map(Number)
  if (year === undefined || month === undefined || date === undefined) return null
  return midnight(new Date(year, month - 1, date), days)
}

/** A day that there is; empty for any other text. */
function dayOf(text: string | undefined): string {
  const [year = 0, month = 0, date = 0] = (text ?? '').split('-').map(Number)
  const day = new Date(year, month - 1, date)
  return /^\d{4}-\d{2}-\d{2}$/.test(text ?? '') && dayHere(day) === text ? text : ''
}
