import { useState } from 'react'

/** The same list as before for as long as the same things are in it, so that it may be what others depend on. */
export function useSame<T>(list: readonly T[]): readonly T[] {
  const [kept, setKept] = useState(list)
  if (list.length === kept.length && list.every((one, at) => one === kept[at])) return kept
  setKept(list)
  return list
}
