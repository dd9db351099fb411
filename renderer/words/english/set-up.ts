/** The first run: five steps from nothing to the first text. */
export function setUpWords() {
  return {
    name: 'Set up',
    step: (step: number, steps: number) => `Step ${step} of ${steps}`,
    back: 'Back',
    next: 'Next',
    later: 'Not now',
    start: {
      title: 'See device texts arrive',
      body: 'Devices on a Verizon ThingSpace account text; this app shows each text as it comes, and proves that none is missing.',
      demo: 'Try it with the simulator',
      demoBody: 'A built-in ThingSpace with devices that text. Nothing to enter, nothing leaves this computer.',
      opening: 'Starting the simulator…',
      own: 'Set up my account',
      ownBody:
        'You need the account’s name, a ThingSpace application’s key and secret, and an API user with its password.',
    },
    account: {
      title: 'Which account?',
      body: 'Its name tells ThingSpace whose texts are meant. Nothing is changed there yet.',
    },
    signIn: {
      title: 'Sign in',
      kept: 'Stored already',
      use: 'Use these',
      others: 'Enter others',
      again: 'Look again',
      looking: 'Looking into the keychain…',
      checking: 'Signing in, and looking for the account…',
      save: 'Save and check',
      once: 'Try them once more',
    },
    wayIn: {
      title: 'How does ThingSpace reach you?',
      body: 'ThingSpace calls a public address; this computer usually has none. A tunnel opens one. Without one, texts are fetched from the queue.',
    },
    holder: {
      title: 'Who gets the texts?',
      looking: 'Looking who holds the callback…',
      nobody: (account: string) => `Nobody holds the callback of ${account} now. Its texts wait in the queue.`,
      ours: (account: string) => `This app holds the callback of ${account} already.`,
      other: (account: string, host: string) =>
        `${host} holds the callback of ${account} now, and gets its texts. Only one can.`,
      how: 'What shall this app do?',
      choices: {
        listen: { name: 'Listen', meaning: 'Register this computer, fetch what waits, and miss nothing.' },
        'take-over': {
          name: 'Take it over',
          meaning: 'Texts come here and no longer there. The old address is put back when this app quits.',
        },
        poll: {
          name: 'Fetch the queue only',
          meaning: 'No public address needed. What is fetched is taken out of it.',
        },
        peek: { name: 'Only look', meaning: 'Nothing is registered, and nothing is taken out of the queue.' },
      },
      finish: 'Finish',
    },
  };
}

/** The built-in simulator in place of the person's own accounts. */
export function demoWords() {
  return {
    leave: 'Leave the simulator',
    title: 'This is the simulator',
    body: 'Nothing is set up for good here. Leave the simulator, then set up your own account. Its texts are thrown away.',
  };
}
