/** Made by vite/face-models.ts at build time. */
declare module 'virtual:face-models' {
  /** What each face engine needs; an engine whose weights were not there at build time has none. */
  export const modelSets: Partial<
    Record<import('@pix/faces/engines.ts').FaceEngineName, import('./model-files.ts').ModelSet>
  >
}
