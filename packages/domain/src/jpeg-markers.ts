const WITHOUT_FRAME = [0xc4, 0xc8, 0xcc]

/** Start-of-frame markers (ITU-T T.81 table B.1): 0xC0 to 0xCF without DHT, JPG and DAC. */
export const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && !WITHOUT_FRAME.includes(marker)

/** Markers without a length: TEM and RST0 to RST7. */
export const isBare = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)
