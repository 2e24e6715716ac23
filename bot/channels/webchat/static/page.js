// Makes the page live where the browser can; without it every form works as it stands. Words of people become text
// nodes, never markup. Nothing is stored in the browser. Written for old phones: no modules, no arrow functions.
(function () {
  'use strict';

  var ESCAPES_WITHIN = 700;
  var BEAT = 15000;
  var READING = 20000;

  function byId(id) { return document.getElementById(id); }

  // Quick exit: the link, or Escape twice. The place in the history is replaced, so that "back" does not lead here.
  var leaveLink = byId('leave');
  var escapedAt = 0;

  function hush() {
    var sounds = document.getElementsByTagName('audio');
    var i;
    for (i = 0; i < sounds.length; i += 1) { sounds[i].pause(); }
  }

  function leave() {
    hush();
    document.body.className = 'gone';
    document.title = '';
    window.location.replace(leaveLink.href);
  }

  leaveLink.onclick = function (event) {
    event.preventDefault();
    leave();
  };
  document.addEventListener('keydown', function (event) {
    if (event.keyCode !== 27) { return; }
    var now = new Date().getTime();
    if (now - escapedAt < ESCAPES_WITHIN) { leave(); }
    escapedAt = now;
  });
  // A page that comes back from the browser's memory would show what was written.
  window.addEventListener('pageshow', function (event) {
    if (event.persisted) { window.location.reload(); }
  });

  var form = byId('chat');
  if (!form || !window.EventSource || !window.XMLHttpRequest) { return; }

  var talk = byId('talk');
  var rows = byId('rows');
  var box = byId('text');
  var trouble = byId('trouble');
  var wayBack = byId('way-back');
  var look = byId('look');
  var sent = 0;
  var sending = false;
  var source = null;
  var shown = {};
  var heardAt = 0;
  var wroteAt = 0;
  var buttonsOf = '';
  var cleared = 0;
  var typing = byId('typing');
  var typingEnds = 0;
  var tellAt = 0;
  var isRead = false;

  function now() { return new Date().getTime(); }

  function append(text, kind, speaker) {
    var line = document.createElement('p');
    line.className = kind;
    if (speaker) { line.setAttribute('aria-label', speaker + ': ' + text); }
    line.appendChild(document.createTextNode(text));
    talk.appendChild(line);
    // What was just written goes to the top, so that its answers are read from the first; later ones are brought in.
    if (kind === 'mine') {
      wroteAt = now();
      line.scrollIntoView(true);
    } else if (now() - wroteAt > READING) {
      line.scrollIntoView(false);
    }
  }

  // A sentence that was recorded can be heard; nothing of it is asked for before it is pressed.
  function appendSound(name) {
    var sound = document.createElement('audio');
    sound.controls = true;
    sound.preload = 'none';
    sound.src = '/voice/' + name;
    talk.appendChild(sound);
  }

  function say(text) {
    trouble.textContent = text;
    trouble.hidden = !text;
  }

  function clear(node) {
    while (node.firstChild) { node.removeChild(node.firstChild); }
  }

  function makeButton(label, data) {
    var button = document.createElement('button');
    button.name = 'press';
    button.value = data;
    button.appendChild(document.createTextNode(label));
    return button;
  }

  function showRows(id, given) {
    var i, j, row;
    clear(rows);
    buttonsOf = id;
    for (i = 0; i < given.length; i += 1) {
      row = document.createElement('div');
      row.className = 'row';
      for (j = 0; j < given[i].length; j += 1) {
        row.appendChild(makeButton(given[i][j][0], given[i][j][1]));
      }
      rows.appendChild(row);
    }
  }

  // Ways out stay after a press; the answers to the question go, for they work once.
  function takeAnswersOff() {
    var buttons = rows.getElementsByTagName('button');
    var i;
    for (i = buttons.length - 1; i >= 0; i -= 1) {
      if (buttons[i].value.indexOf('w:') !== 0) { buttons[i].parentNode.removeChild(buttons[i]); }
    }
  }

  function encode(text) {
    try {
      return encodeURIComponent(text);
    } catch (lone) {
      return encodeURIComponent(text.replace(/[\ud800-\udfff]/g, ''));
    }
  }

  function post(path, fields, done) {
    var request = new XMLHttpRequest();
    var body = [];
    var name;
    fields.token = form.elements.token.value;
    fields.lang = form.elements.lang.value;
    for (name in fields) {
      if (Object.prototype.hasOwnProperty.call(fields, name)) { body.push(name + '=' + encode(fields[name])); }
    }
    request.open('POST', path, true);
    request.setRequestHeader('Content-Type', 'application/x-www-form-urlencoded');
    request.setRequestHeader('X-Page', 'script');
    request.timeout = 20000;
    request.onreadystatechange = function () {
      if (request.readyState === 4) { done(request.status, request.responseText); }
    };
    request.send(body.join('&'));
  }

  // The screen changes: nothing of before stays on it, and in the theme nothing around it tells of anything else.
  function turn(message) {
    if (message.clears) {
      hush();
      clear(talk);
      clear(rows);
      say('');
      cleared += 1;
    }
    document.body.className = message.theme ? 'theme' : '';
  }

  function begun() {
    wayBack.hidden = false;
    byId('first').hidden = true;
    if (!source) { connect(); }
  }

  // The nonce changes only when a message was taken: one that is sent again after a cut is stored once.
  function send(fields, label, taken) {
    if (sending) { return; }
    var before = cleared;
    sending = true;
    say('');
    fields.nonce = form.elements.nonce.value + '.' + sent;
    post('/say', fields, function (status) {
      sending = false;
      if (status < 200 || status > 299) {
        say(form.getAttribute(status === 429 ? 'data-slow' : 'data-failed'));
        return;
      }
      sent += 1;
      if (cleared === before) { append(label, 'mine', form.getAttribute('data-you')); }
      taken();
      begun();
    });
  }

  form.addEventListener('submit', function (event) {
    var text = box.value;
    event.preventDefault();
    if (!text.replace(/\s/g, '')) { return; }
    if (isRead) { tellAt = now(); }
    send({ text: text }, text, function () {
      if (box.value === text) { box.value = ''; }
    });
  });

  // While a counsellor reads along they see that something is being written. Where nobody does, it is not said again
  // for a minute, and in the theme never.
  box.addEventListener('input', function () {
    if (!source || now() < tellAt || document.body.className === 'theme') { return; }
    tellAt = now() + 4000;
    post('/typing', {}, function (status) {
      isRead = status === 204;
      if (!isRead) { tellAt = now() + 60000; }
    });
  });

  function showTyping(shown) {
    window.clearTimeout(typingEnds);
    typing.hidden = !shown;
    if (shown) { typingEnds = window.setTimeout(function () { typing.hidden = true; }, 6000); }
  }

  rows.addEventListener('click', function (event) {
    var button = event.target;
    var fields = {};
    while (button !== rows && button.nodeName !== 'BUTTON') { button = button.parentNode; }
    if (button === rows) { return; }
    event.preventDefault();
    fields[button.name] = button.value;
    send(fields, button.textContent, takeAnswersOff);
  });

  wayBack.addEventListener('submit', function (event) {
    event.preventDefault();
    post('/way-back', {}, function (status, text) {
      if (status === 200) {
        append(text, 'said', '');
      } else {
        say(form.getAttribute(status === 429 ? 'data-slow' : 'data-failed'));
      }
    });
  });

  function connect() {
    if (source) { source.close(); }
    heardAt = now();
    source = new EventSource('/events');
    source.onopen = function () { heardAt = now(); };
    source.onmessage = function (event) {
      var message = JSON.parse(event.data);
      heardAt = now();
      // What the server did not hear to be shown comes again under its number; it stands here already.
      post('/seen', { number: event.lastEventId }, function () {});
      if (shown[event.lastEventId]) { return; }
      shown[event.lastEventId] = true;
      showTyping(false);
      turn(message);
      append(message.text, 'said', '');
      if (message.recording) { appendSound(message.recording); }
      if (message.rows.length) { showRows(event.lastEventId, message.rows); }
    };
    source.addEventListener('retire', function (event) {
      heardAt = now();
      if (event.data === buttonsOf) { clear(rows); }
    });
    source.addEventListener('typing', function () {
      heardAt = now();
      if (document.body.className !== 'theme') { showTyping(true); }
    });
    source.addEventListener('beat', function () { heardAt = now(); });
  }

  // A phone can lose its line without being told: silence for three beats means a new one.
  window.setInterval(function () {
    if (source && now() - heardAt > 3 * BEAT) { connect(); }
  }, BEAT);

  if (look) { look.hidden = true; }
  if (form.getAttribute('data-started') === '1') { connect(); }
}());
