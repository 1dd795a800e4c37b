/**
 * JSON that can stand in a `<script>`: nothing in it ends the element, begins a comment or is a line break to
 * JavaScript. It parses to the same value.
 */
export const scriptJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
