"""What a thing is called on a page: plain text, or text that is translated when it is shown."""

from django.utils.functional import Promise

Label = str | Promise
