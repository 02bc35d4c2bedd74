"""The forms about proposals and votes."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knooppunt.core.web.forms import AskedForm, RecordForm, tidied
from knooppunt.decisions import describe
from knooppunt.decisions.models import MinorityOpinion, Proposal, Voter
from knooppunt.decisions.models.votes import Channel
from knooppunt.directory.models import Organisation

DAYS_OPEN = 14


class ProposalForm(RecordForm):
    """What is proposed, and by which rules."""

    options = forms.CharField(
        label=gettext_lazy("Waartussen kiezen jullie?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Alleen bij kiezen. Elke mogelijkheid op een eigen regel."),
    )
    field_order = [
        "title",
        "text",
        "method",
        "options",
        "network",
        "quorum",
        "share",
        "is_secret",
        "is_public",
        "meeting",
    ]

    class Meta:
        model = Proposal
        fields = [
            "title",
            "text",
            "method",
            "network",
            "quorum",
            "share",
            "is_secret",
            "is_public",
            "meeting",
        ]
        widgets = {"method": forms.RadioSelect}
        help_texts = {
            "network": gettext_lazy("Geen keuze: de leden van alle netwerken samen."),
            "share": gettext_lazy("Alleen bij stemmen voor of tegen."),
            "quorum": gettext_lazy("Onthouden telt als meedoen."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["network"].queryset = (  # type: ignore[attr-defined]
            Organisation.objects.visible_on(timezone.localdate()).networks().only("pk", "name")
        )
        old = self.fields["quorum"]
        self.fields["quorum"] = forms.IntegerField(
            label=old.label, initial=50, min_value=0, max_value=100, help_text=old.help_text
        )
        if self.instance.pk:
            self.initial["options"] = "\n".join(
                option.text for option in self.instance.options.all()
            )

    def clean_options(self) -> list[str]:
        """The lines, each once."""
        lines = [tidied(line)[:150] for line in self.cleaned_data["options"].splitlines()]
        return list(dict.fromkeys(line for line in lines if line))


class OpenForm(AskedForm):
    """Until when votes are taken."""

    closes_at = forms.DateTimeField(label=gettext_lazy("Open tot"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["closes_at"].initial = datetime.combine(
            timezone.localdate() + timedelta(days=DAYS_OPEN), time(20)
        )


class VoteForm(AskedForm):
    """One vote: what the method asks, and why."""

    reason = forms.CharField(
        label=gettext_lazy("Waarom?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, *args: Any, proposal: Proposal, chosen: list[str] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.proposal, chosen = proposal, chosen or []
        if proposal.method == Proposal.Method.RANKED:
            self._ask_order(chosen)
        else:
            several = proposal.method == Proposal.Method.APPROVAL
            kind: Any = forms.MultipleChoiceField if several else forms.ChoiceField
            widget = forms.CheckboxSelectMultiple if several else forms.RadioSelect
            field = kind(
                label=_("Jullie keuze"),
                choices=describe.choices(proposal),
                widget=widget,
                initial=chosen if several else "".join(chosen[:1]),
            )
            self.fields = {"choice": field, **self.fields}

    def _ask_order(self, chosen: list[str]) -> None:
        """A place for each option; leaving all of them open is to abstain."""
        options = list(self.proposal.options.all())
        places = [
            ("", _("geen plaats")),
            *((str(at), str(at)) for at in range(1, len(options) + 1)),
        ]
        for option in options:
            initial = str(chosen.index(option.key) + 1) if option.key in chosen else ""
            self.fields[f"place_{option.key}"] = forms.ChoiceField(
                label=option.text, choices=places, required=False, initial=initial
            )
        self.order_fields([*(f"place_{option.key}" for option in options), "reason"])

    def clean(self) -> dict[str, Any]:
        """One place for one option."""
        got = super().clean()
        if self.proposal.method != Proposal.Method.RANKED:
            return got
        places = {
            name.removeprefix("place_"): int(value)
            for name, value in got.items()
            if name.startswith("place_") and value
        }
        if len(set(places.values())) < len(places):
            raise forms.ValidationError(_("Geef elke mogelijkheid een eigen plaats."))
        got["choice"] = sorted(places, key=lambda key: places[key]) or ["abstain"]
        return got

    @property
    def choice(self) -> list[str]:
        """The ballot that was filled in."""
        choice = self.cleaned_data["choice"]
        found = [choice] if isinstance(choice, str) else list(choice)
        return ["abstain"] if "abstain" in found else found


class PaperForm(VoteForm):
    """A vote on paper or from the room, read by somebody else than the voter."""

    voter = forms.ModelChoiceField(
        Voter.objects.none(), label=gettext_lazy("Van welke organisatie?")
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("Hoe kwam de stem?"),
        choices=[choice for choice in Channel.choices if choice[0] != "web"],
        widget=forms.RadioSelect,
        initial="paper",
    )

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, proposal=proposal, **kwargs)
        self.fields["voter"].queryset = proposal.voters.select_related("organisation")  # type: ignore[attr-defined]
        self.order_fields(
            [
                "voter",
                "channel",
                "choice",
                *(name for name in self.fields if name.startswith("place_")),
                "reason",
            ]
        )


class AnswerForm(AskedForm):
    """How an objection is met."""

    answer = forms.CharField(
        label=gettext_lazy("Hoe komen jullie hieraan tegemoet?"),
        max_length=2000,
        widget=forms.Textarea,
    )


class OpinionForm(RecordForm):
    """What an organisation that thought otherwise wants kept."""

    class Meta:
        model = MinorityOpinion
        fields = ["organisation", "text"]

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
