export { SearchPage } from './SearchPage.tsx'
export { SearchProvider, useLastSearch } from './search-context.tsx'
export { narrowAddress, type SearchAddress, searchLink } from './search-form.ts'
