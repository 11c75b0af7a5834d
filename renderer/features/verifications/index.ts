export { ErrorText } from './VerificationDetails.tsx'
export { VerificationHistory } from './VerificationHistory.tsx'
export { clockWords, firstLine } from './verification-words.ts'
