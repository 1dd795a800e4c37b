/** What shows through where a picture is transparent: in the shop, in the worker, on phones and in tools. */
export const BACKGROUND = '#ffffff'
