/** Signing in, and one's password. */
export const signin = {
  signin: {
    title: 'Sign in',
    sub: 'With the account the town gave you, not a phone number.',
    ended: 'Your session has ended. Sign in again; what you had filled in is still there.',
    account: 'Account',
    password: 'Password',
    go: 'Sign in',
    busy: 'Signing in',
    tip: "The first sign-in asks for a new password. If you forgot it, ask the town's administrator.",
    motto1: '以事实为根据，',
    motto2: '以法律为准绳。',
    logged: 'Personal data inside; every look is recorded.',
  },
  password: {
    title: 'Change password',
    first: "{name}, please change your password first; then the day's work opens.",
    old: 'Present password',
    new: 'New password',
    again: 'New password again',
    hint: 'At least 10 characters, used nowhere else.',
    differs: 'The two differ.',
    go: 'Change password',
    busy: 'Changing',
    done: 'The password is changed. Other sessions go on; you can end them here.',
  },
}
