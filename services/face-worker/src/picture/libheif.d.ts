declare module 'libheif-js/libheif-wasm/libheif-bundle.js' {
  interface HeifChannel {
    id: unknown
    width: number
    height: number
    /** Bytes from row to row. */
    stride: number
    /** A view of the module's memory. */
    data: Uint8Array
  }
  interface HeifImage {
    readonly handle: unknown
    is_primary(): boolean
    free(): void
  }
  interface Libheif {
    HeifDecoder: new () => { decode(bytes: Uint8Array): HeifImage[] }
    heif_colorspace: { heif_colorspace_RGB: unknown }
    heif_chroma: { heif_chroma_interleaved_RGB: unknown }
    heif_channel: { heif_channel_interleaved: unknown }
    /** Has `code` where it failed. */
    heif_js_decode_image2(
      handle: unknown,
      colorspace: unknown,
      chroma: unknown,
    ): Promise<{ code?: unknown; channels: HeifChannel[] } | undefined>
  }
  export default function createLibheif(): Libheif
}
