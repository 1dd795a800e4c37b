/** A photo as the grid and the lightbox need it; they know nothing of where it comes from. */
export interface GridPhoto {
  id: string
  /** width / height */
  aspect: number
  src: string
  srcset?: string
  /** What readers hear; never a file name for customers. */
  alt: string
  /** `#rrggbb`, shown at once. */
  color?: string | null
  /** ThumbHash, base64: shown over the colour until the picture is there. */
  placeholder?: string | null
}
