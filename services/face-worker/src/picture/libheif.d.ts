declare module 'libheif-js/libheif-wasm/libheif-bundle.js' {
  interface HeifPixels {
    data: Uint8ClampedArray
    width: number
    height: number
  }
  interface HeifImage {
    get_width(): number
    get_height(): number
    display(target: HeifPixels, done: (result: HeifPixels | null) => void): void
    free(): void
  }
  interface Libheif {
    HeifDecoder: new () => { decode(bytes: Uint8Array): HeifImage[] }
  }
  export default function createLibheif(): Libheif
}
