export { SearchPage } from './SearchPage.tsx'
export { narrowAddress, type SearchAddress, searchLink } from './search-form.ts'
