"""What the public site keeps: its pages, and the figures it has published."""

from cms.models.cubes import StatisticsCube
from cms.models.pages import (
    GuidanceIndex,
    GuidancePage,
    HomePage,
    InfoPage,
    NewsIndex,
    NewsPage,
    PublicPage,
    RightsIndex,
    RightsPage,
)
from cms.models.releases import StatisticsRelease

__all__ = [
    "GuidanceIndex",
    "GuidancePage",
    "HomePage",
    "InfoPage",
    "NewsIndex",
    "NewsPage",
    "PublicPage",
    "RightsIndex",
    "RightsPage",
    "StatisticsCube",
    "StatisticsRelease",
]
