import type { ModelSet } from './model-files.ts'

/** In place of `virtual:face-models`, which a build lists: one engine, of three files. */
export const modelSets: Record<string, ModelSet> = {
  'face-api': {
    url: '/models/0123456789abcdef/',
    files: [
      { name: 'a', bytes: 100, compressedBytes: 50 },
      { name: 'b', bytes: 200, compressedBytes: 100 },
      { name: 'c', bytes: 100, compressedBytes: 50 },
    ],
  },
}
