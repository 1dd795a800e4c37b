export { failureText } from './limit-words.ts'
export type { UploadLimits } from './use-crew-counts.ts'
