const key = 'nachalo-last-look'

const remembered = Number(localStorage.getItem(key))

/** When this window was last looked at before it was opened now (UTC ms). */
export const lastLookAt = Number.isFinite(remembered) && remembered > 0 ? remembered : Date.now()

const remember = () => localStorage.setItem(key, String(Date.now()))
window.addEventListener('pagehide', remember)
