from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from booking.rules.reception import Reception, Talk, TalkAfter, Welcome
from core.orm import Base, ShortEnum, one_of


class StopReception(Base):
    """How visitors of one stop are received, where that differs from the place; and the talk."""

    __tablename__ = "stop_reception"
    __table_args__ = (
        CheckConstraint(one_of("talk_after", TalkAfter), name="talk_after"),
        CheckConstraint("(talk_after = 'none') = (talk_minutes IS NULL)", name="talk_minutes"),
    )

    stop_id: Mapped[int] = mapped_column(ForeignKey("stop.id"), primary_key=True)
    opened_by: Mapped[str] = mapped_column(
        String(200), default="", comment="empty: as the place says"
    )
    waiting_place: Mapped[str] = mapped_column(
        String(200), default="", comment="empty: as the place says"
    )
    coffee: Mapped[str] = mapped_column(String(200), default="", comment="empty: as the place says")
    stays_after: Mapped[str] = mapped_column(
        String(200), default="", comment="empty: as the place says"
    )
    talk_after: Mapped[TalkAfter] = mapped_column(ShortEnum(TalkAfter), default=TalkAfter.NONE)
    talk_minutes: Mapped[int | None] = mapped_column(comment="NULL: no talk")
    talk_led_by: Mapped[str] = mapped_column(String(200), default="", comment="empty: not agreed")
    talk_questions: Mapped[str] = mapped_column(String(1000), default="", comment="to begin with")

    @property
    def agreed(self) -> Reception:
        welcome = Welcome(self.opened_by, self.waiting_place, self.coffee, self.stays_after)
        talk = Talk(self.talk_after, self.talk_minutes, self.talk_led_by, self.talk_questions)
        return Reception(welcome, talk)

    @agreed.setter
    def agreed(self, reception: Reception) -> None:
        welcome, talk = reception.welcome, reception.talk
        self.opened_by, self.waiting_place = welcome.opened_by, welcome.waiting_place
        self.coffee, self.stays_after = welcome.coffee, welcome.stays_after
        self.talk_after, self.talk_minutes = talk.after, talk.minutes
        self.talk_led_by, self.talk_questions = talk.led_by, talk.questions
